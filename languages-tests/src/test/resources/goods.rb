require 'java'
require 'bigdecimal'

# The goods of a shop, by JDBC as JRuby has it: execute_query for executeQuery, blocks for interfaces.
class Goods
  def initialize(url)
    @connection = java.sql.DriverManager.get_connection(url)
  end

  def add(name, price)
    insert = @connection.prepare_statement(
      'INSERT INTO goods (name, price) VALUES (?, ?)', java.sql.Statement::RETURN_GENERATED_KEYS
    )
    insert.set_string(1, name)
    insert.set_big_decimal(2, price.to_java)
    insert.execute_update
    keys = insert.generated_keys
    keys.next
    keys.get_long(1)
  ensure
    insert&.close
  end

  def below(price)
    select = @connection.prepare_statement('SELECT name FROM goods WHERE price < ? ORDER BY id')
    select.set_big_decimal(1, price.to_java)
    rows = select.execute_query
    names = []
    names << rows.get_string('name') while rows.next
    names
  ensure
    select&.close
  end

  def transaction
    @connection.auto_commit = false
    yield
    @connection.commit
  rescue StandardError
    @connection.rollback
    raise
  ensure
    @connection.auto_commit = true
  end

  def close
    @connection.close
  end
end
