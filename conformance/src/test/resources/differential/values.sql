# A value of each type at its ends, and what the column is said to be.
! CREATE TABLE integers (id INT AUTO_INCREMENT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, su SMALLINT UNSIGNED,
  m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, b BIGINT, bu BIGINT UNSIGNED)
! INSERT INTO integers VALUES (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  (3, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 4294967295, -9223372036854775808, 18446744073709551615),
  (4, 127, 128, 32767, 32768, 8388607, 8388608, 2147483647, 2147483648, 9223372036854775807, 9223372036854775808)
! CREATE TABLE widths (id INT PRIMARY KEY, t1 TINYINT(1), tu1 TINYINT(1) UNSIGNED, bo BOOLEAN, iz INT(6) ZEROFILL, y YEAR,
  b1 BIT(1), b8 BIT(8), b64 BIT(64))
! INSERT INTO widths VALUES (1, 1, 1, TRUE, 42, 2024, b'1', b'10000001', ~0), (2, 0, 0, FALSE, 0, 1901, b'0', b'0', 0),
  (3, -1, 200, TRUE, 123456, 2155, b'1', b'11111111', 1), (4, 5, 5, 7, 1, 0, b'1', b'1', 255)
! CREATE TABLE fractions (id INT PRIMARY KEY, d DECIMAL(10,2), d0 DECIMAL(10), du DECIMAL(8,3) UNSIGNED, dmax DECIMAL(65,30), f FLOAT,
  fu FLOAT UNSIGNED, db DOUBLE, dbu DOUBLE UNSIGNED, f72 FLOAT(7,2), db103 DOUBLE(10,3))
! INSERT INTO fractions VALUES (1, 1.5, 1, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5), (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  (3, -99999999.99, -9999999999, 99999.999, -12345678901234567890123456789012345.123456789012345678901234567890, -3.4e38, 3.4e38,
  -1.7e308, 1.7e308, -99999.99, -9999999.999), (4, 0.01, 7, 0.001, 0.000000000000000000000000000001, 1e-30, 0.1, 1e-300, 0.1, 0.01, 0.001)
! CREATE TABLE times (id INT PRIMARY KEY, d DATE, t TIME, t6 TIME(6), dt DATETIME, dt3 DATETIME(3), dt6 DATETIME(6), ts TIMESTAMP NULL,
  ts6 TIMESTAMP(6) NULL)
! INSERT INTO times VALUES (1, '2024-02-29', '12:34:56', '12:34:56.789012', '2024-02-29 12:34:56', '2024-02-29 12:34:56.789',
  '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56', '2024-02-29 12:34:56.789012'),
  (2, '1000-01-01', '00:00:00', '00:00:00', '1970-01-02 00:00:00', '1970-01-02 00:00:00', '1970-01-02 00:00:00.000001', '1970-01-02 00:00:00',
  '1970-01-02 00:00:00.1'),
  (3, '9999-12-31', '23:59:59', '23:59:59.999999', '9999-12-31 23:59:59', '9999-12-31 23:59:59.999', '9999-12-31 23:59:59.999999',
  '2038-01-18 03:14:07', '2038-01-18 03:14:07.999999')
! CREATE TABLE spans (id INT PRIMARY KEY, t TIME, t3 TIME(3))
! INSERT INTO spans VALUES (1, '-12:34:56', '-00:00:00.5'), (2, '838:59:59', '838:59:59'), (3, '-838:59:59', '-838:59:59'), (4, '25:00:00', '24:00:00.001')
! CREATE TABLE texts (id INT PRIMARY KEY, c CHAR(10), v VARCHAR(20) NOT NULL, vb VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, l1 VARCHAR(20) CHARACTER SET latin1,
  tt TINYTEXT, tx TEXT, mt MEDIUMTEXT, lt LONGTEXT, e ENUM('small','large'), st SET('a','b','c'))
! INSERT INTO texts VALUES (1, 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'abc', 'small', 'a,c'), (2, '', '', '', '', '', '', '', '', 'large', ''),
  (3, 'ä€𝄞', 'ä€𝄞', 'ä€𝄞', 'ä€', 'ä€𝄞', 'ä€𝄞', 'ä€𝄞', 'ä€𝄞', 'small', 'a,b,c'), (4, '42', '42', '-1.5', '1e3', '42', '42', '42', '42', 1, 2),
  (5, '2024-02-29', '12:34:56', 'true', 'yes', '2024-02-29', '2024-02-29 12:34:56', 'Y', 'F', 2, 4)
! CREATE TABLE blobs (id INT PRIMARY KEY, b BINARY(4), vb VARBINARY(20), tb TINYBLOB, bl BLOB, mb MEDIUMBLOB, lb LONGBLOB)
! INSERT INTO blobs VALUES (1, x'00ff80', x'00ff80', x'00ff80', x'00ff80', x'00ff80', x'00ff80'), (2, '', '', '', '', '', ''),
  (3, '42', '42', '42', '42', '42', '42')
! CREATE TABLE documents (id INT PRIMARY KEY, j JSON, g GEOMETRY, p POINT)
! INSERT INTO documents VALUES (1, '{"a": [1, 2]}', ST_GeomFromText('POINT(1 2)'), ST_GeomFromText('POINT(3 4)')), (2, '[]', NULL, NULL)
! mariadb: CREATE TABLE natives (id INT PRIMARY KEY, u UUID, i4 INET4, i6 INET6)
! mariadb: INSERT INTO natives VALUES (1, '123e4567-e89b-12d3-a456-426655440000', '192.168.0.1', '2001:db8::ff00:42:8329'), (2, NULL, NULL, NULL)
SELECT * FROM integers ORDER BY id
SELECT * FROM widths ORDER BY id
SELECT * FROM fractions ORDER BY id
SELECT * FROM times ORDER BY id
SELECT * FROM spans ORDER BY id
SELECT * FROM texts ORDER BY id
SELECT * FROM blobs ORDER BY id
SELECT * FROM documents ORDER BY id
mariadb: SELECT * FROM natives ORDER BY id
SELECT t AS label, iu AS "other label", b FROM integers AS an_alias WHERE id = 3
SELECT y FROM widths WHERE id = 2
SELECT CAST(y AS UNSIGNED), y + 0 FROM widths WHERE id = 1
SELECT MIN(t), MAX(tu), SUM(i), AVG(b), COUNT(*) FROM integers WHERE id < 3
SELECT MIN(y), MAX(b8), SUM(d), AVG(f) FROM widths JOIN fractions USING (id)
SELECT MIN(dt), MAX(ts6), MIN(d), MAX(t6) FROM times
SELECT MIN(v), MAX(e), GROUP_CONCAT(v ORDER BY id) FROM texts WHERE id < 3
SELECT MIN(e), CONCAT(st), LOWER(c), UPPER(tx) FROM texts WHERE id = 1 GROUP BY st, c, tx
