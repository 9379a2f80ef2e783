# report.rb EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
# prints its rows, with tabs between the columns and - for NULL.
require "sqlite3"

extension, folder = ARGV
db = SQLite3::Database.new(":memory:")
db.enable_load_extension(true)
db.load_extension(extension)
db.enable_load_extension(false)

db.execute($stdin.read, { "folder" => folder }) do |row|
  puts row.map { |value| value.nil? ? "-" : value }.join("\t")
end
