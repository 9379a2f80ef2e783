// report.js EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams
// and prints its rows, with tabs between the columns and - for NULL.
'use strict';
const fs = require('node:fs');
const Database = require('libsql'); // better-sqlite3 has the same calls

const [extension, folder] = process.argv.slice(2);
const db = new Database(':memory:');
db.loadExtension(extension);

const query = db.prepare(fs.readFileSync(0, 'utf8'));
for (const row of query.raw().all({ folder })) {
  console.log(row.map((value) => value ?? '-').join('\t'));
}
