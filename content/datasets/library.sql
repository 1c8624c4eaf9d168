CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL, genre TEXT NOT NULL, year INTEGER, pages INTEGER NOT NULL, copies INTEGER NOT NULL CHECK (copies >= 0));
CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT NOT NULL, town TEXT, email TEXT, joined_on TEXT NOT NULL);
CREATE TABLE loans (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES books(id), member_id INTEGER NOT NULL REFERENCES members(id), lent_on TEXT NOT NULL, due_on TEXT NOT NULL, returned_on TEXT);
INSERT INTO books VALUES
 (1,'The Salt Orchard','Mara Venn','novel',1998,312,3),(2,'Nine Quiet Bridges','Tomas Okoye','novel',2011,268,2),(3,'A Field Guide to Fog','Ines Calder','nature',2004,144,1),(4,'The Clockmaker''s Debt','Mara Venn','mystery',2003,401,2),
 (5,'Engines for Beginners','Priya Rautio','how-to',1987,96,1),(6,'Bread at Dawn','Jonas Ferrand','cooking',2016,208,4),(7,'The Ninth Lantern','Tomas Okoye','mystery',1979,233,1),(8,'Letters to a Lighthouse','Ines Calder','novel',2020,189,2),
 (9,'A Pocketful of Sky','Lena Duarte','nature',NULL,64,1),(10,'Murder in Row Nine','Hal Osei','mystery',2018,356,3),(11,'Soup for Strangers','Jonas Ferrand','cooking',2009,176,2),(12,'The Unlit Stair','Hal Osei','mystery',NULL,233,1);
INSERT INTO members VALUES
 (1,'Ada Brook','Millford','ada@example.org','2024-01-15'),(2,'Ben Castell','Harrow End',NULL,'2024-02-03'),(3,'Chidi Marlow','Millford','chidi@example.org','2024-05-20'),(4,'Dora Pike',NULL,'dora@example.org','2024-06-01'),(5,'Emil Strand','Tarn','','2024-11-11'),
 (6,'Farah Quill','Harrow End','farah@example.org','2025-01-09'),(7,'Gus Whitlow','Tarn',NULL,'2025-03-30'),(8,'Hana Ito','Millford','hana@example.org','2025-09-12'),(9,'Ivo Brandt',NULL,NULL,'2026-01-05');
INSERT INTO loans VALUES
 (1,1,1,'2026-01-05','2026-01-26','2026-01-20'),(2,4,3,'2026-01-07','2026-01-28','2026-02-02'),(3,6,2,'2026-01-12','2026-02-02','2026-01-30'),(4,10,1,'2026-01-20','2026-02-10','2026-02-10'),
 (5,6,5,'2026-01-31','2026-02-21','2026-02-18'),(6,2,6,'2026-02-02','2026-02-23',NULL),(7,7,3,'2026-02-02','2026-02-23','2026-02-16'),(8,3,7,'2026-02-09','2026-03-02','2026-03-09'),
 (9,10,4,'2026-02-10','2026-03-03','2026-02-27'),(10,11,1,'2026-02-11','2026-03-04',NULL),(11,6,3,'2026-02-16','2026-03-09','2026-03-01'),(12,12,6,'2026-02-23','2026-03-16',NULL),
 (13,4,5,'2026-03-02','2026-03-23','2026-03-20'),(14,6,1,'2026-03-05','2026-03-26',NULL),(15,10,3,'2026-03-09','2026-03-30',NULL),(16,2,1,'2026-03-10','2026-03-31','2026-03-12');
