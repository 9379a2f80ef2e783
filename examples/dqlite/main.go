// An archive of telegrams on several machines: SQLite, replicated by dqlite,
// with the extension loaded on each.
//
//	archive node -dir FOLDER -address HOST:PORT [-join HOST:PORT,...] -library cables.so
//	archive load -servers HOST:PORT,... schema.sql FOLDER
//	archive query -servers HOST:PORT,... SQL
//	archive nodes -servers HOST:PORT,...
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/canonical/go-dqlite/app"
	"github.com/canonical/go-dqlite/client"
	"github.com/canonical/go-dqlite/driver"
)

const database = "archive"

// patience is how long a command waits for the nodes to agree on a leader.
const patience = time.Minute

func main() {
	commands := map[string]func([]string) error{
		"node": node, "load": load, "query": query, "nodes": nodes,
	}
	command := commands[strings.Join(os.Args[1:min(2, len(os.Args))], "")]
	if command == nil {
		fail(fmt.Errorf("say node, load, query or nodes"))
	}
	if err := command(os.Args[2:]); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "archive:", err)
	os.Exit(1)
}

// node serves the archive until it is told to stop.
func node(arguments []string) error {
	flags := flag.NewFlagSet("node", flag.ExitOnError)
	dir := flags.String("dir", "", "folder of this node")
	address := flags.String("address", "", "where it listens")
	join := flags.String("join", "", "nodes to join, with commas between")
	library := flags.String("library", "./cables.so", "the extension")
	flags.Parse(arguments)

	if err := registerCables(*library); err != nil {
		return err
	}
	options := []app.Option{
		app.WithAddress(*address),
		app.WithRolesAdjustmentFrequency(time.Second),
	}
	if *join != "" {
		options = append(options, app.WithCluster(strings.Split(*join, ",")))
	}
	if err := os.MkdirAll(*dir, 0o755); err != nil {
		return err
	}
	served, err := app.New(*dir, options...)
	if err != nil {
		return err
	}
	defer served.Close()
	if err := served.Ready(context.Background()); err != nil {
		return err
	}
	fmt.Println("ready")
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	<-stop
	return nil
}

// addresses takes the flag -servers, and gives the rest of the arguments.
func addresses(name string, arguments []string) (client.NodeStore, []string) {
	flags := flag.NewFlagSet(name, flag.ExitOnError)
	servers := flags.String("servers", "", "nodes, with commas between")
	flags.Parse(arguments)
	var found []client.NodeInfo
	for _, address := range strings.Split(*servers, ",") {
		found = append(found, client.NodeInfo{Address: address})
	}
	store := client.NewInmemNodeStore()
	store.Set(context.Background(), found)
	return store, flags.Args()
}

// open connects to whichever node leads; when that one is lost, database/sql
// connects anew.
func open(store client.NodeStore) (*sql.DB, error) {
	dqlite, err := driver.New(store, driver.WithContextTimeout(patience))
	if err != nil {
		return nil, err
	}
	sql.Register("dqlite", dqlite)
	return sql.Open("dqlite", database)
}

// insist does work again as long as nodes are lost or elect a leader; an error
// of SQL is final.
func insist(work func() error) error {
	for start := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		err := work()
		var final driver.Error
		if err == nil || errors.As(err, &final) || time.Since(start) > patience {
			return err
		}
	}
}

// load writes the telegrams below a folder, each file a telegram.
func load(arguments []string) error {
	store, rest := addresses("load", arguments)
	if len(rest) != 2 {
		return fmt.Errorf("load needs a schema and a folder")
	}
	db, err := open(store)
	if err != nil {
		return err
	}
	defer db.Close()
	schema, err := os.ReadFile(rest[0])
	if err != nil {
		return err
	}
	execute := func(statement string, values ...any) error {
		return insist(func() error {
			_, err := db.Exec(statement, values...)
			return err
		})
	}
	if err := execute(string(schema)); err != nil {
		return err
	}
	count := 0
	err = filepath.WalkDir(rest[1], func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		// A second try of the same file changes nothing.
		return execute("INSERT INTO telegram(path, text) VALUES (?, ?) "+
			"ON CONFLICT (path) DO UPDATE SET text = excluded.text", path, string(text))
	})
	fmt.Println(count, "files")
	return err
}

// query prints the rows of a statement, columns with | between.
func query(arguments []string) error {
	store, rest := addresses("query", arguments)
	if len(rest) != 1 {
		return fmt.Errorf("query needs one statement")
	}
	db, err := open(store)
	if err != nil {
		return err
	}
	defer db.Close()
	var lines []string
	err = insist(func() error {
		lines, err = ask(db, rest[0])
		return err
	})
	for _, line := range lines {
		fmt.Println(line)
	}
	return err
}

// ask gives the rows of a statement, each as a line.
func ask(db *sql.DB, statement string) ([]string, error) {
	rows, err := db.Query(statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values := make([]sql.NullString, len(columns))
	pointers := make([]any, len(columns))
	for i := range values {
		pointers[i] = &values[i]
	}
	var lines []string
	for rows.Next() {
		if err := rows.Scan(pointers...); err != nil {
			return nil, err
		}
		line := make([]string, len(values))
		for i, value := range values {
			line[i] = value.String
		}
		lines = append(lines, strings.Join(line, "|"))
	}
	return lines, rows.Err()
}

// nodes prints the address and role of each node, the leader first.
func nodes(arguments []string) error {
	store, _ := addresses("nodes", arguments)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	leader, err := client.FindLeader(ctx, store)
	if err != nil {
		return err
	}
	defer leader.Close()
	first, err := leader.Leader(ctx)
	if err != nil {
		return err
	}
	all, err := leader.Cluster(ctx)
	if err != nil {
		return err
	}
	fmt.Println(first.Address, "leader")
	for _, each := range all {
		if each.Address != first.Address {
			fmt.Println(each.Address, each.Role)
		}
	}
	return nil
}
