<?php
// report.php EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams
// and prints its rows, with tabs between the columns and - for NULL.

[, $extension, $folder] = $argv;
$db = new SQLite3(':memory:');
$db->enableExceptions(true);
$db->loadExtension($extension);

$query = $db->prepare(stream_get_contents(STDIN));
$query->bindValue(':folder', $folder);
$rows = $query->execute();
while ($row = $rows->fetchArray(SQLITE3_NUM)) {
    echo implode("\t", array_map(fn ($value) => $value ?? '-', $row)), "\n";
}
