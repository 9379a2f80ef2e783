/** What load() needs of a database: better-sqlite3, libsql and node:sqlite have it. */
export interface Loadable {
  loadExtension(path: string, entryPoint?: string): unknown;
}

export interface LoadOptions {
  /** false: without what reads files, for programs that run the SQL of strangers. */
  files?: boolean;
}

/**
 * Loads the extension into a database. One of node:sqlite has to be opened with
 * `{ allowExtension: true }`.
 */
export function load(db: Loadable, options?: LoadOptions): void;

/** The path of the extension, without its suffix. */
export function getLoadablePath(): string;
