//! report EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
//! prints its rows, with tabs between the columns and - for NULL.

use rusqlite::{types::ValueRef, Connection, LoadExtensionGuard};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let extension = arguments.next().ok_or("which extension?")?;
    let folder = arguments.next().ok_or("which folder?")?;
    let query = std::io::read_to_string(std::io::stdin())?;

    let db = Connection::open_in_memory()?;
    {
        // SAFETY: loading runs the code of the file, which we trust.
        let _allowed = unsafe { LoadExtensionGuard::new(&db)? };
        unsafe { db.load_extension(extension, None)? };
    }

    let mut statement = db.prepare(&query)?;
    let columns = statement.column_count();
    let mut rows = statement.query(&[(":folder", &folder)])?;
    while let Some(row) = rows.next()? {
        let line: Result<Vec<String>, _> =
            (0..columns).map(|i| row.get_ref(i).map(text)).collect();
        println!("{}", line?.join("\t"));
    }
    Ok(())
}

/// A value as text.
fn text(value: ValueRef) -> String {
    match value {
        ValueRef::Null => "-".into(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into(),
    }
}
