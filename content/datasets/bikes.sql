CREATE TABLE stations (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, docks INTEGER NOT NULL);
CREATE TABLE bikes (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('city','cargo','electric')));
CREATE TABLE riders (id INTEGER PRIMARY KEY, name TEXT NOT NULL, referred_by INTEGER REFERENCES riders(id));
CREATE TABLE trips (id INTEGER PRIMARY KEY, bike_id INTEGER NOT NULL REFERENCES bikes(id), rider_id INTEGER REFERENCES riders(id), start_id INTEGER NOT NULL REFERENCES stations(id), end_id INTEGER REFERENCES stations(id), started_at TEXT NOT NULL, minutes INTEGER);
CREATE TABLE repairs (id INTEGER PRIMARY KEY, bike_id INTEGER NOT NULL REFERENCES bikes(id), done_on TEXT NOT NULL, cents INTEGER NOT NULL);
INSERT INTO stations VALUES (1,'Market Square',16),(2,'Mill Bridge',10),(3,'Old Harbour',12),(4,'School Lane',8),(5,'Station Yard',20),(6,'Quarry Gate',6);
INSERT INTO bikes VALUES (1,'C-01','city'),(2,'C-02','city'),(3,'C-03','city'),(4,'C-04','city'),(5,'E-01','electric'),(6,'E-02','electric'),(7,'E-03','electric'),(8,'K-01','cargo'),(9,'K-02','cargo'),(10,'C-05','city');
INSERT INTO riders VALUES (1,'Ama Sole',NULL),(2,'Birk Dahl',1),(3,'Cleo Hart',1),(4,'Dev Rao',2),(5,'Elsa Lund',2),(6,'Finn Okafor',NULL),(7,'Gia Moretti',6),(8,'Hugo Vance',4),(9,'Ines Roth',7),(10,'Jun Park',8),(11,'Kira Stone',NULL),(12,'Leo Marsh',11);
INSERT INTO trips
WITH RECURSIVE g(i, x) AS (SELECT 1, 20260504 UNION ALL SELECT i + 1, (x * 1103515245 + 12345) % 2147483648 FROM g WHERE i < 280)
SELECT i, 1 + (x >> 9) % 9, CASE WHEN (x >> 13) % 8 = 0 THEN NULL ELSE 1 + (x >> 17) % 10 END, 1 + (x >> 11) % 5, CASE WHEN i > 277 THEN NULL ELSE 1 + (x >> 15) % 5 END,
  strftime('%Y-%m-%d %H:%M', '2026-05-04 06:00', '+' || ((i - 1) / 20) || ' days', '+' || ((i - 1) % 20 * 45 + (x >> 19) % 40) || ' minutes'), CASE WHEN i > 277 THEN NULL ELSE 4 + (x >> 21) % 56 END
FROM g;
INSERT INTO repairs VALUES (1,1,'2026-05-05',1800),(2,1,'2026-05-12',2450),(3,3,'2026-05-06',900),(4,5,'2026-05-08',7200),(5,5,'2026-05-09',1500),(6,5,'2026-05-12',3100),(7,8,'2026-05-07',5600),(8,9,'2026-05-11',1250),(9,9,'2026-05-16',1250),(10,10,'2026-05-13',400);
