// A module of ours that names the types of a contract and of a file side by side, so that the
// compiler gives both the same type parameters; and what is told of each pair.
import { ts } from "./compiler.mjs";
import { Walk } from "./type_walk.mjs";

const { SymbolFlags } = ts;
const NAMED = SymbolFlags.Interface | SymbolFlags.TypeAlias | SymbolFlags.Class | SymbolFlags.Enum;

/** Name → symbol of every type that a module exports. */
export function exportedTypes(checker, source) {
  const module = checker.getSymbolAtLocation(source);
  const found = new Map();
  for (const one of module ? checker.getExportsOfModule(module) : []) {
    const symbol = one.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
    if (symbol.flags & NAMED) found.set(one.name, symbol);
  }
  return found;
}

/** The type parameters that a symbol is declared with. */
function parametersOf(symbol) {
  const declared = symbol.declarations?.find((one) => one.typeParameters?.length);
  return declared ? [...declared.typeParameters] : [];
}

/** A module in which each shared name stands twice, with the same type parameters. */
export function probe(contractPath, filePath, shared) {
  const lines = [
    `import type * as Contract from ${JSON.stringify(contractPath)};`,
    `import type * as File from ${JSON.stringify(filePath)};`,
  ];
  const places = new Map();
  for (const [name, { contract }] of shared) {
    const own = parametersOf(contract);
    const given = own.length ? `<${own.map((one) => one.name.text).join(", ")}>` : "";
    const declared = own.map((one) => {
      const limit = one.constraint ? ` extends ${one.constraint.getText()}` : "";
      return one.name.text + limit;
    });
    const head = declared.length ? `<${declared.join(", ")}>` : "";
    places.set(lines.length, name);
    const pair = `contract: Contract.${name}${given}; file: File.${name}${given}`;
    lines.push(`export interface Probe${places.size}${head} { ${pair} }`);
  }
  return { text: lines.join("\n"), places };
}

/** The type parameters of both, as they are declared. */
function parametersShown({ contract, file }) {
  return [contract, file].map((symbol) => {
    const all = parametersOf(symbol).map((one) => one.getText());
    return all.length > 0 ? `<${all.join(", ")}>` : "none";
  });
}

/** Names whose types may not stand for each other although no place was found. */
function unplaced(walk, pairs) {
  const blamed = new Set(walk.differences.map((one) => one.name));
  const open = new Set();
  for (const [name, [one, other]] of pairs) if (!walk.same(one, other)) open.add(name);
  // What only holds a type that differs is not told again.
  for (let grown = true; grown; ) {
    grown = false;
    for (const name of open) {
      if (blamed.has(name) || ![...walk.met.get(name)].some((one) => blamed.has(one))) continue;
      blamed.add(name);
      grown = true;
    }
  }
  return [...open].filter((name) => !blamed.has(name));
}

/** The places in which the types of one file are not those of the contract. */
export function differences(program, { file, path, shared, places }) {
  const [probed, source] = [path, file].map((one) => program.getSourceFile(one));
  const checker = program.getTypeChecker();
  const own = exportedTypes(checker, source);
  const theirs = new Map();
  const walk = new Walk(checker, source, theirs);
  // What cannot be given the contract's type parameters has other ones.
  const wrong = new Set(
    program
      .getSemanticDiagnostics(probed)
      .map((one) => places.get(probed.getLineAndCharacterOfPosition(one.start ?? 0).line)),
  );
  const members = [...places].map(([line, name]) => {
    const declared = probed.statements[line];
    const [contract, file] = declared.members.map((one) => checker.getTypeAtLocation(one.type));
    return { name, contract, file };
  });
  for (const { name, contract, file } of members) {
    const generic = parametersOf(shared.get(name).contract).length > 0;
    theirs.set(name, { contract: contract.symbol, file: file.symbol, generic });
  }
  const pairs = new Map();
  for (const { name, contract, file } of members) {
    walk.begin(name, walk.lineOf(own.get(name)) ?? 1);
    if (wrong.has(name)) {
      walk.tell("type parameters", "", ...parametersShown(shared.get(name)), walk.line);
      continue;
    }
    pairs.set(name, [contract, file]);
    walk.compare(walk.parts(contract), walk.parts(file), "", walk.line, 0);
  }
  for (const name of unplaced(walk, pairs)) {
    walk.begin(name, walk.lineOf(own.get(name)) ?? 1);
    const [one, other] = pairs.get(name);
    walk.tell("type", "", walk.shown(walk.parts(one)), walk.shown(walk.parts(other)), walk.line);
  }
  return walk.differences;
}
