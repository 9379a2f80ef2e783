# report.R EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
# prints its rows, with tabs between the columns and - for NULL.
library(DBI)

arguments <- commandArgs(trailingOnly = TRUE)
db <- dbConnect(RSQLite::SQLite(), ":memory:", loadable.extensions = TRUE)
invisible(dbGetQuery(db, "SELECT load_extension(?)", params = arguments[1]))

query <- paste(readLines(file("stdin")), collapse = "\n")
report <- dbGetQuery(db, query, params = list(folder = arguments[2]))
write.table(report, sep = "\t", na = "-", quote = FALSE,
            row.names = FALSE, col.names = FALSE)
dbDisconnect(db)
