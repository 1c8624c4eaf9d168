CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, cents INTEGER NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), placed_on TEXT NOT NULL, status TEXT NOT NULL, channel TEXT NOT NULL);
CREATE TABLE order_items (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id), product_id INTEGER NOT NULL REFERENCES products(id), qty INTEGER NOT NULL, cents INTEGER NOT NULL);
INSERT INTO products VALUES (1,'Rye loaf','bread',520),(2,'Spelt loaf','bread',560),(3,'Baguette','bread',260),(4,'Milk roll','rolls',90),(5,'Seed roll','rolls',110),(6,'Plum slice','cake',340),(7,'Lemon tart','cake',420),(8,'Cheese twist','snack',290),(9,'Oat biscuit','snack',150),(10,'Gift box','other',1200);
INSERT INTO customers
WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < 500)
SELECT i, 'Customer ' || i, CASE WHEN i % 3 = 0 THEN 'Guest' ELSE 'guest' END || i || '@example.org', CASE i % 5 WHEN 0 THEN 'Tarn' WHEN 1 THEN 'Millford' WHEN 2 THEN 'Millford' WHEN 3 THEN 'Harrow End' ELSE 'Eastby' END FROM g;
INSERT INTO orders
WITH RECURSIVE g(i, x) AS (SELECT 1, 4711 UNION ALL SELECT i + 1, (x * 1103515245 + 12345) % 2147483648 FROM g WHERE i < 20000)
SELECT i, 1 + (x >> 8) % 500, date('2025-01-01', '+' || ((i - 1) * 500 / 20000) || ' days'), CASE WHEN (x >> 17) % 100 < 2 THEN 'open' WHEN (x >> 17) % 100 < 5 THEN 'cancelled' ELSE 'paid' END, CASE (x >> 12) % 3 WHEN 0 THEN 'web' ELSE 'shop' END FROM g;
INSERT INTO order_items (order_id, product_id, qty, cents)
SELECT o.id, p.id, 1 + (o.id + p.id) % 4, p.cents FROM orders o JOIN products p ON p.id = 1 + (o.id * 7) % 10 OR p.id = 1 + (o.id * 3 + o.customer_id) % 10 ORDER BY o.id, p.id;
