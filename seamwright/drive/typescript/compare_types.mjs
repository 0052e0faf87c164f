// Compares the types that TypeScript files export with those of a contract, by name.
//
//   node compare_types.mjs …/node_modules/typescript < question > answer
//
//   question {contracts: [{service, text}], files: [path], ignored: [name]}
//   answer   {answers: [one a file]}, each
//            {told: {service, compared, onlyContract, onlyFile, differences: [{name, path, kind,
//             contract, file, lacks, adds, line}]}}   or   {refused: {line, message}}
//
// The files are parsed and checked, never run.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { ts } from "./compiler.mjs";
import { differences, exportedTypes, probe } from "./probe.mjs";

const OURS = "/seamwright contract";
const OPTIONS = {
  strict: true,
  noEmit: true,
  // An optional field and one that may also be `undefined` are the same on the wire: JSON has no
  // `undefined`. Both are written, mostly by people who do not know that there is a difference.
  exactOptionalPropertyTypes: false,
  allowImportingTsExtensions: true,
  preserveSymlinks: true,
  skipLibCheck: false,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
};

/** A compiler's host that finds some files in memory, and all others on disk. */
function hostWith(files, folder) {
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  const kept = new Map();
  host.getCurrentDirectory = () => folder;
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  host.readFile = (path) => files.get(path) ?? readFile.call(host, path);
  host.directoryExists = (path) => path === OURS || directoryExists.call(host, path);
  host.getSourceFile = (path, language, ...rest) => {
    if (!kept.has(path)) {
      const text = files.get(path);
      const made =
        text === undefined
          ? getSourceFile.call(host, path, language, ...rest)
          : ts.createSourceFile(path, text, language, true);
      kept.set(path, made);
    }
    return kept.get(path);
  };
  return host;
}

/** The first thing that keeps a file from being compiled, or null. */
function refusal(program, source) {
  const found = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  const first = found.find((one) => one.category === ts.DiagnosticCategory.Error);
  if (!first) return null;
  const line = source.getLineAndCharacterOfPosition(first.start ?? 0).line + 1;
  const said = ts.flattenDiagnosticMessageText(first.messageText, " ");
  return { line, message: `TS${first.code}: ${said}` };
}

/** What one file is compared with, and the module that names both; or why it cannot be. */
function job(program, offers, ignored, file, path) {
  const source = program.getSourceFile(file);
  const refused = refusal(program, source);
  if (refused) return { refused };
  const own = exportedTypes(program.getTypeChecker(), source);
  const sharedWith = ({ names }) => [...names.keys()].filter((name) => own.has(name)).sort();
  const most = Math.max(...offers.map((one) => sharedWith(one).length));
  const chosen = offers.find((one) => sharedWith(one).length === most);
  const names = sharedWith(chosen);
  const shared = new Map(
    names.map((name) => [name, { contract: chosen.names.get(name), file: own.get(name) }]),
  );
  const told = {
    differences: [],
    service: chosen.service,
    compared: names,
    onlyContract: [...chosen.names.keys()].filter((name) => !own.has(name)).sort(),
    onlyFile: [...own.keys()].filter((one) => !shared.has(one) && !ignored.includes(one)).sort(),
  };
  if (shared.size === 0) return { told };
  return { file, path, shared, told, ...probe(chosen.path, file, shared) };
}

function answersTo({ contracts, files, ignored }) {
  const texts = new Map(contracts.map(({ text }, at) => [`${OURS}/${at}.ts`, text]));
  const host = hostWith(texts, dirname(files[0]));
  const first = ts.createProgram([...texts.keys(), ...files], OPTIONS, host);
  const offers = contracts.map(({ service }, at) => {
    const path = `${OURS}/${at}.ts`;
    const names = exportedTypes(first.getTypeChecker(), first.getSourceFile(path));
    for (const name of ignored) names.delete(name);
    return { service, path, names };
  });
  const jobs = files.map((file, at) => job(first, offers, ignored, file, `${OURS}/probe${at}.ts`));
  const open = jobs.filter((one) => one.path);
  for (const { path, text } of open) texts.set(path, text);
  if (open.length > 0) {
    const second = ts.createProgram([...texts.keys(), ...files], OPTIONS, host, first);
    for (const one of open) one.told.differences = differences(second, one);
  }
  return jobs.map(({ refused, told }) => (refused ? { refused } : { told }));
}

const answers = answersTo(JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify({ answers }));
