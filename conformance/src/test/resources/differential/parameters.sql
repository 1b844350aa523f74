# Values as parameters, and what comes back of them.
SELECT ? <- decimal 1.5 ; decimal 1.23456789
SELECT CONCAT(?, ?) <- text a | text b ; text a much longer text | text c
! CREATE TABLE p (id INT AUTO_INCREMENT PRIMARY KEY, t TINYINT, b BIGINT, f FLOAT, d DOUBLE, dc DECIMAL(20,5), v VARCHAR(50), vb VARBINARY(50), da DATE, ti TIME, dt DATETIME(6), bo BOOLEAN)
SELECT ? <- int 5
SELECT ? <- int 5 ; text abc
SELECT ? <- text abc ; int 5 ; decimal 1.5 ; double 2.5 ; null ; date 2024-02-29
SELECT ? <- int -2147483648 ; long 9223372036854775807
SELECT ? <- boolean true ; boolean false
SELECT ? <- byte -128
SELECT ? <- short 32767
SELECT ? <- long -1
SELECT ? <- float 1.5
SELECT ? <- double 0.1
SELECT ? <- decimal 12345678901234567890.12345
SELECT ? <- text it's
SELECT ? <- text ä€𝄞
SELECT ? <- text \
SELECT ? <- bytes 00ff8027
SELECT ? <- date 2024-02-29
SELECT ? <- time 12:34:56
SELECT ? <- timestamp 2024-02-29 12:34:56.789
SELECT ? <- local 2024-02-29T12:34:56.789012
SELECT ? + 1 <- int 5 ; double 1.5 ; text 7
SELECT ? + ? <- int 5 | decimal 1.5
SELECT CONCAT(?, '!') <- text a ; int 5 ; decimal 1.50
SELECT ? = ? <- int 1 | text 1
SELECT CAST(? AS SIGNED), CAST(? AS CHAR) <- text 5 | int 5
SELECT IFNULL(?, 'x') <- null ; text y
SELECT ? IS NULL <- null ; int 1
SELECT COALESCE(?, ?) <- null | int 1
SELECT LENGTH(?), HEX(?) <- bytes 00ff | bytes 00ff
INSERT INTO p (t, b, f, d, dc, v) VALUES (?, ?, ?, ?, ?, ?) <- int 1 | long 2 | float 1.5 | double 2.5 | decimal 3.5 | text x
INSERT INTO p (t, b, f, d, dc, v) VALUES (?, ?, ?, ?, ?, ?) <- text 7 | text 8 | text 1.5 | text 2.5 | text 3.5 | int 9
INSERT INTO p (vb, da, ti, dt, bo) VALUES (?, ?, ?, ?, ?) <- bytes 00ff | date 2024-02-29 | time 12:34:56 | timestamp 2024-02-29 12:34:56.789 | boolean true
INSERT INTO p (vb, da, ti, dt, bo) VALUES (?, ?, ?, ?, ?) <- text abc | text 2024-02-29 | text 12:34:56 | text 2024-02-29 12:34:56.789 | int 0
INSERT INTO p (v, dt) VALUES (?, ?) <- date 2024-02-29 | date 2024-02-29
INSERT INTO p (v, dt) VALUES (?, ?) <- boolean true | null
INSERT INTO p (v) VALUES (?) <- double 1.5 ; float 1.5 ; decimal 1.50 ; long 5
SELECT * FROM p ORDER BY id
UPDATE p SET t = ? WHERE id = ? <- int 3 | int 1 ; int 3 | int 1 ; int 4 | int 99
DELETE FROM p WHERE id IN (?, ?) <- int 1 | int 2
SELECT COUNT(*) FROM p WHERE v LIKE ? <- text %5%
SELECT id FROM p ORDER BY id LIMIT ?, ? <- int 0 | int 1
SELECT CASE WHEN ? THEN 'a' ELSE ? END <- boolean true | int 1
SELECT ? UNION SELECT ? <- int 1 | text x
SELECT DATE_ADD(?, INTERVAL ? DAY) <- date 2024-02-28 | int 1
SELECT * FROM p WHERE id = ? AND '?' = '?' /* ? */ <- int 3
