import java.sql.DriverManager;
import java.util.ArrayList;
import org.sqlite.SQLiteConfig;

/**
 * Report EXTENSION FOLDER <QUERY: runs a query over a folder of telegrams and
 * prints its rows, with tabs between the columns and - for NULL.
 */
public class Report {
  public static void main(String[] args) throws Exception {
    String query = new String(System.in.readAllBytes(), "UTF-8");
    SQLiteConfig config = new SQLiteConfig();
    config.enableLoadExtension(true);
    try (var db = DriverManager.getConnection("jdbc:sqlite::memory:", config.toProperties())) {
      try (var load = db.prepareStatement("SELECT load_extension(?)")) {
        load.setString(1, args[0]);
        load.execute();
      }
      try (var statement = db.prepareStatement(query)) {
        statement.setString(1, args[1]);
        var rows = statement.executeQuery();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          var line = new ArrayList<String>();
          for (int i = 1; i <= columns; i++) {
            String value = rows.getString(i);
            line.add(value == null ? "-" : value);
          }
          System.out.println(String.join("\t", line));
        }
      }
    }
  }
}
