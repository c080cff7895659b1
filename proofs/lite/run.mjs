// Runs a Python file in Pyodide under Node:
// node run.mjs <folder of wheels> <repository> <file> [fetch Pyodide's own builds]
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [wheels, repository, file, fetch] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${wheels}/node_modules/pyodide/pyodide.mjs`));
const python = await loadPyodide();
for (const name of readdirSync(wheels).filter((each) => each.endsWith(".whl"))) {
  python.unpackArchive(new Uint8Array(readFileSync(`${wheels}/${name}`)), "wheel");
}
const quiet = { messageCallback() {}, errorCallback() {} };
if (fetch) {
  await python.loadPackage(["numpy", "pandas"], quiet); // from where Pyodide keeps its own builds
}
python.FS.mkdirTree("/repository");
python.FS.mount(python.FS.filesystems.NODEFS, { root: repository }, "/repository");
python.runPython(readFileSync(file, "utf8"));
console.log(python.globals.get("answer")());
