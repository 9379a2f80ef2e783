// report EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
// prints its rows, with tabs between the columns and - for NULL.
package main

import (
	"database/sql"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"
)

func main() {
	extension, folder := os.Args[1], os.Args[2]
	query, err := io.ReadAll(os.Stdin)
	check(err)

	// database/sql opens connections as it needs them: the driver loads the
	// extension into each.
	sql.Register("cables", &sqlite3.SQLiteDriver{Extensions: []string{extension}})
	db, err := sql.Open("cables", ":memory:")
	check(err)
	defer db.Close()

	rows, err := db.Query(string(query), sql.Named("folder", folder))
	check(err)
	defer rows.Close()
	columns, err := rows.Columns()
	check(err)
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		check(rows.Scan(into...))
		fmt.Println(line(values))
	}
	check(rows.Err())
}

// line gives the values of a row as text.
func line(values []sql.NullString) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = "-"
		if value.Valid {
			texts[i] = value.String
		}
	}
	return strings.Join(texts, "\t")
}

// check ends the program when something went wrong.
func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
