package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadersTest {
  private static final String QUESTION = "SELECT COUNT(*) FROM things";

  private final JdbcDataSource source = new JdbcDataSource();
  private Connection writer;
  private Readers readers;

  @BeforeEach
  void open() throws SQLException {
    source.setURL("jdbc:h2:mem:readers");
    writer = source.getConnection();
    execute("CREATE TABLE things (id INT PRIMARY KEY)");
    readers = new Readers(source);
  }

  @AfterEach
  void close() throws SQLException {
    readers.close();
    writer.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (PreparedStatement question = connection.prepareStatement(QUESTION);
        var row = question.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /** What the session has parsed; the same object as long as it is kept. */
  private static Object parsed(Connection connection) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    Command command = session.prepareLocal(QUESTION);
    command.close();
    return command;
  }

  @Test
  void ask_again_findsTheStatementParsed() throws SQLException {
    Object first = readers.ask(ReadersTest::parsed);
    readers.ask(ReadersTest::count);
    assertThat(readers.ask(ReadersTest::parsed)).isSameAs(first);
  }

  @Test
  void ask_whileOthersCommit_isAnsweredOnOneSnapshot() throws SQLException {
    int both =
        readers.ask(
            connection -> {
              int before = count(connection);
              execute("INSERT INTO things VALUES (1)");
              return before + count(connection);
            });
    assertThat(both).isZero();
    assertThat(readers.ask(ReadersTest::count)).isEqualTo(1);
  }

  @Test
  void ask_afterAFailure_isAnsweredByAnotherConnection() throws SQLException {
    Connection[] failed = new Connection[1];
    assertThatThrownBy(
            () ->
                readers.ask(
                    connection -> {
                      failed[0] = connection;
                      throw new SQLException("no answer");
                    }))
        .hasMessage("no answer");
    assertThat(failed[0].isClosed()).isTrue();
    assertThat(readers.ask(ReadersTest::count)).isZero();
  }

  @Test
  void ask_afterClose_isRefusedAndOpensNothing() {
    readers.close();
    assertThatThrownBy(() -> readers.ask(ReadersTest::count)).hasMessage("the store was closed");
  }

  @Test
  void close_duringAQuestion_closesItsConnectionAfterIt() throws SQLException {
    Connection asked =
        readers.ask(
            connection -> {
              readers.close();
              assertThat(connection.isClosed()).isFalse();
              return connection;
            });
    assertThat(asked.isClosed()).isTrue();
  }
}
