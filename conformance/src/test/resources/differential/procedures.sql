# Calls: results, counts and parameters.
! CREATE TABLE log (id INT AUTO_INCREMENT PRIMARY KEY, n INT)
! CREATE PROCEDURE nothing() BEGIN END
! CREATE PROCEDURE one_result() SELECT 1 AS a, 'x' AS b
! CREATE PROCEDURE two_results() BEGIN SELECT 1 AS a; SELECT 'x' AS b, 2 AS c; END
! CREATE PROCEDURE empty_result() SELECT n FROM log WHERE FALSE
! CREATE PROCEDURE inserts(IN n INT) BEGIN INSERT INTO log (n) VALUES (n); END
! CREATE PROCEDURE inserts_and_selects(IN n INT) BEGIN INSERT INTO log (n) VALUES (n), (n); SELECT COUNT(*) AS c FROM log; END
! CREATE PROCEDURE updates() UPDATE log SET n = n + 1
! CREATE PROCEDURE fails_late() BEGIN SELECT 1 AS a; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'late'; END
! CREATE PROCEDURE warns() BEGIN SELECT 1 AS a; SIGNAL SQLSTATE '01000' SET MESSAGE_TEXT = 'careful'; END
! CREATE FUNCTION doubled(n INT) RETURNS INT DETERMINISTIC RETURN n * 2
! CREATE FUNCTION named(n VARCHAR(10)) RETURNS VARCHAR(20) CHARACTER SET utf8mb4 DETERMINISTIC RETURN CONCAT(n, '!')
CALL nothing()
CALL one_result()
CALL two_results()
CALL empty_result()
CALL inserts(5)
CALL inserts_and_selects(5)
CALL updates()
# MariaDB Connector/J waits forever for the next answer once a prepared call has failed behind a result.
text: CALL fails_late()
CALL warns()
SELECT doubled(4), named('x')
call: {CALL nothing()}
call: {CALL one_result()}
call: {CALL two_results()}
call: {CALL inserts(?)} <- int 5
call: {CALL inserts_and_selects(?)} <- int 5
text: call: {CALL fails_late()}
CALL inserts(?) <- int 6 ; int 7
SELECT doubled(?) <- int 5
SELECT * FROM log ORDER BY id
