// The extension cables for the SQLite drivers of Node: see README.md.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const ENTRY_NO_FILES = 'sqlite3_cables_nofs_init';
const SUFFIXES = { darwin: '.dylib', win32: '.dll' };

/**
 * The path of the extension, without its suffix. SQLITE_CABLES_PATH, if set, is
 * the path of another one. Throws where there is none for this machine.
 */
function getLoadablePath() {
  const other = process.env.SQLITE_CABLES_PATH;
  if (other) return other.replace(/\.(so|dylib|dll)$/, '');
  const machine = `${process.platform}-${process.arch}`;
  // Electron packs files into an archive, which no library is loaded from.
  const folder = __dirname.replace(/\bapp\.asar(?=[\\/]|$)/, 'app.asar.unpacked');
  const found = path.join(folder, 'prebuilt', machine, 'sqlite_cables', 'cables');
  if (!fs.existsSync(found + (SUFFIXES[process.platform] ?? '.so'))) {
    throw new Error(
      `sqlite-cables has no file for ${machine}: build the extension there with` +
        ' "make", and set SQLITE_CABLES_PATH to its path'
    );
  }
  return found;
}

/**
 * Loads the extension into a database of better-sqlite3, libsql or node:sqlite
 * (opened with allowExtension). With { files: false } what reads files is left
 * out, for programs that run the SQL of strangers.
 */
function load(db, { files = true } = {}) {
  if (typeof db?.loadExtension !== 'function') {
    throw new TypeError('load() takes a database of better-sqlite3, libsql or node:sqlite');
  }
  if (files) {
    db.loadExtension(getLoadablePath());
  } else {
    loadWithoutFiles(db);
  }
  // node:sqlite leaves loading on; the others never had it on in SQL.
  if (typeof db.enableLoadExtension === 'function') db.enableLoadExtension(false);
}

function loadWithoutFiles(db) {
  // libsql ends the whole process when it is given an entry point.
  if (typeof db.maxWriteReplicationIndex === 'function') {
    throw new Error('libsql cannot leave out what reads files: use better-sqlite3');
  }
  db.loadExtension(getLoadablePath(), ENTRY_NO_FILES);
  // Older releases of node:sqlite pass over the entry point in silence.
  const reads = db.prepare("SELECT 1 FROM pragma_module_list WHERE name = 'cables'").get();
  if (reads) {
    db.close();
    throw new Error('this SQLite driver cannot leave out what reads files: use a newer one');
  }
}

exports.getLoadablePath = getLoadablePath;
exports.load = load;
