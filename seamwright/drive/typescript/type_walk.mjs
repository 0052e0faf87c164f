// Two types of one name, walked through side by side.
//
// Two types are the same when each may stand for the other, and when they have the same fields.
// The second is asked too, since a field that may be left out does not keep a type from standing
// for one that has no such field, and since `any` stands for everything.
import { ts } from "./compiler.mjs";

const { TypeFlags, SymbolFlags, TypeFormatFlags, SignatureKind } = ts;
const DEEPEST = 16;
const MOST = 500;
const LONGEST = 2000;
const SHOWN = TypeFormatFlags.NoTruncation | TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

function lineOf(node) {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** The path of a field inside of what another path leads to. */
function inside(path, name) {
  if (!/^[\w$]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path ? `${path}.${name}` : name;
}

/** A walk through two types of one name, which tells each place where they differ. */
export class Walk {
  constructor(checker, source, shared) {
    this.checker = checker;
    this.source = source;
    this.shared = shared;
    this.differences = [];
    // Name → the names that were met inside of it and are compared on their own.
    this.met = new Map();
  }

  begin(name, line) {
    this.name = name;
    this.seen = new Set();
    this.line = line;
    this.met.set(name, new Set());
  }

  tell(kind, path, contract, file, line, { lacks = "", adds = "" } = {}) {
    if (this.differences.length >= MOST) return;
    const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
    const shown = { contract: cut(contract), file: cut(file), lacks: cut(lacks), adds: cut(adds) };
    this.differences.push({ name: this.name, path, kind, ...shown, line });
  }

  /** The types that a type is one of. */
  parts(type, optional) {
    const all = type.isUnion() ? type.types : [type];
    return optional ? all.filter((one) => !(one.flags & TypeFlags.Undefined)) : all;
  }

  /** Types as text, always in the same order: the compiler's own depends on what it saw first. */
  shown(parts) {
    const texts = new Set(parts.map((one) => this.checker.typeToString(one, undefined, SHOWN)));
    if (texts.has("true") && texts.has("false")) {
      texts.delete("true");
      texts.delete("false");
      texts.add("boolean");
    }
    const last = ["null", "undefined"];
    const sorted = [...texts].sort(
      (one, other) => last.indexOf(one) - last.indexOf(other) || (one < other ? -1 : 1),
    );
    return sorted.join(" | ") || "never";
  }

  same(one, other) {
    const { checker } = this;
    return checker.isTypeAssignableTo(one, other) && checker.isTypeAssignableTo(other, one);
  }

  /** Compare two types, each as the types that it is one of. */
  compare(contract, file, path, line, depth) {
    const tell = (more) =>
      this.tell("type", path, this.shown(contract), this.shown(file), line, more);
    if (contract.length === 1 && file.length === 1) {
      if (!this.single(contract[0], file[0], path, line, depth)) tell();
      return;
    }
    const left = file.filter((one) => !contract.includes(one));
    const open = contract.filter((one) => !file.includes(one));
    const alone = open.filter((one) => {
      const at = left.findIndex((other) => this.quietly(one, other, depth));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    if (alone.length + left.length === 0) return;
    const part = (some) => (some.length > 0 ? this.shown(some) : "");
    tell({ lacks: part(alone), adds: part(left) });
  }

  /** Whether two types are the same, told to nobody. */
  quietly(contract, file, depth) {
    const before = [this.differences, this.seen];
    this.differences = [];
    this.seen = new Set(this.seen);
    const same = this.single(contract, file, "", 0, depth) && this.differences.length === 0;
    [this.differences, this.seen] = before;
    return same;
  }

  /** Compare two types that are no unions. False where they differ as wholes; parts are told. */
  single(contract, file, path, line, depth) {
    const { checker } = this;
    if (contract === file) return true;
    if ((contract.flags ^ file.flags) & TypeFlags.Any) return false;
    const pair = `${contract.id} ${file.id}`;
    if (this.seen.has(pair)) return true;
    this.seen.add(pair);
    if (depth > DEEPEST) return this.same(contract, file);
    const name = this.sharedName(contract, file);
    if (name && depth > 0) {
      this.met.get(this.name).add(name);
      return true;
    }
    if (checker.isArrayType(contract) && checker.isArrayType(file)) {
      const [inner, other] = [contract, file].map((one) => checker.getTypeArguments(one)[0]);
      this.compare(this.parts(inner), this.parts(other), `${path}[]`, line, depth + 1);
      return contract.target === file.target;
    }
    if (checker.isTupleType(contract) && checker.isTupleType(file))
      return this.tuple(contract, file, path, line, depth);
    if (!this.isRecord(contract) || !this.isRecord(file)) return this.same(contract, file);
    this.record(contract, file, path, line, depth);
    return true;
  }

  /** The name under which a pair of types is compared on its own. */
  sharedName(contract, file) {
    const { symbol } = contract;
    const pair = symbol && this.shared.get(symbol.name);
    if (!pair || pair.generic) return undefined;
    return pair.contract === symbol && pair.file === file.symbol ? symbol.name : undefined;
  }

  isRecord(type) {
    const { checker } = this;
    if (type.isIntersection()) return type.types.every((one) => this.isRecord(one));
    if (!(type.flags & TypeFlags.Object)) return false;
    if (checker.isArrayType(type) || checker.isTupleType(type)) return false;
    const kinds = [SignatureKind.Call, SignatureKind.Construct];
    return kinds.every((kind) => checker.getSignaturesOfType(type, kind).length === 0);
  }

  tuple(contract, file, path, line, depth) {
    const { target: one } = contract;
    const { target: other } = file;
    const flags = (target) => [target.readonly, ...target.elementFlags].join();
    if (flags(one) !== flags(other)) return false;
    const types = [contract, file].map((tuple) => this.checker.getTypeArguments(tuple));
    types[0].forEach((inner, at) => {
      const parts = [inner, types[1][at]].map((type) => this.parts(type));
      this.compare(parts[0], parts[1], `${path}[${at}]`, line, depth + 1);
    });
    return true;
  }

  record(contract, file, path, line, depth) {
    const { checker } = this;
    const [theirs, ours] = [file, contract].map(
      (type) => new Map(checker.getPropertiesOfType(type).map((one) => [one.name, one])),
    );
    const own = this.lineOf(file.symbol) ?? line;
    for (const [name, symbol] of ours) {
      const at = inside(path, name);
      const other = theirs.get(name);
      if (!other) this.tell("missing", at, this.field(symbol), "no such field", own);
      else this.property(symbol, other, at, this.lineOf(other) ?? own, depth);
    }
    for (const [name, symbol] of theirs) {
      if (ours.has(name)) continue;
      const at = inside(path, name);
      this.tell("extra", at, "no such field", this.field(symbol), this.lineOf(symbol) ?? own);
    }
    this.index(contract, file, path, own, depth);
  }

  property(contract, file, path, line, depth) {
    const optional = [contract, file].map((one) => Boolean(one.flags & SymbolFlags.Optional));
    if (optional[0] !== optional[1]) {
      this.tell("optional", path, this.field(contract), this.field(file), line);
      return;
    }
    const parts = [contract, file].map((one) => this.partsOf(one));
    this.compare(parts[0], parts[1], path, line, depth + 1);
  }

  index(contract, file, path, line, depth) {
    const infos = [contract, file].map(
      (type) => new Map(this.checker.getIndexInfosOfType(type).map((one) => [one.keyType, one])),
    );
    for (const key of new Set([...infos[0].keys(), ...infos[1].keys()])) {
      const at = `${path}[${this.shown([key])}]`;
      const [one, other] = infos.map((all) => all.get(key)?.type);
      if (one && other) this.compare(this.parts(one), this.parts(other), at, line, depth + 1);
      else if (one) this.tell("missing", at, this.shown(this.parts(one)), "no such field", line);
      else this.tell("extra", at, "no such field", this.shown(this.parts(other)), line);
    }
  }

  partsOf(symbol) {
    const optional = Boolean(symbol.flags & SymbolFlags.Optional);
    return this.parts(this.checker.getTypeOfSymbol(symbol), optional);
  }

  field(symbol) {
    const mark = symbol.flags & SymbolFlags.Optional ? "?" : "";
    return `${symbol.name}${mark}: ${this.shown(this.partsOf(symbol))}`;
  }

  /** The line of a declaration, where it lies in the file itself. */
  lineOf(symbol) {
    const found = symbol?.declarations?.find((one) => one.getSourceFile() === this.source);
    return found && lineOf(found);
  }
}
