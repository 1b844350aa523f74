require 'sequel'

# Sequel asks for com.mysql.cj.jdbc.Driver, which bonito-mysql-standin has.
def shop(url)
  database = Sequel.connect(url)
  database.create_table :goods do
    primary_key :id
    String :name, size: 50, unique: true
    BigDecimal :price, size: [10, 2]
    DateTime :since
  end
  database
end

def names_below(database, price)
  database[:goods].where { Sequel[:price] < price }.order(:id).select_map(:name)
end

def rename(database, id, name)
  database.transaction do
    raise Sequel::Rollback if database[:goods].where(id: id).update(name: name).zero?
  end
end
