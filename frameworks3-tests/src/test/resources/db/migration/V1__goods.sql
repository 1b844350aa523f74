-- A table, and a view over it; the comment stays; so does this; semicolon.
CREATE TABLE goods (
  id INT PRIMARY KEY AUTO_INCREMENT,
  name VARCHAR(100) NOT NULL COMMENT 'what it is called; by whom it may be',
  price DECIMAL(10, 2) NOT NULL
);

CREATE VIEW cheap_goods AS SELECT id, name FROM goods WHERE price < 5;

INSERT INTO goods (name, price) VALUES ('nail; long', 2.50), ('board', 5.00);
