# report.tcl EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams
# and prints its rows, with tabs between the columns and - for NULL.
package require sqlite3

lassign $argv extension folder
sqlite3 db :memory:
db enable_load_extension 1
db eval {SELECT load_extension($extension)}
db enable_load_extension 0

db nullvalue -
db eval [read stdin] row {
    puts [join [lmap column $row(*) {set row($column)}] \t]
}
