(ns goods
  (:require [clojure.java.jdbc :as jdbc])
  (:import (io.bonito.jdbc BonitoDataSource)))

(defn database [url]
  {:datasource (BonitoDataSource. url)})

(defn add! [db good]
  (-> (jdbc/insert! db :goods good) first vals first))

(defn below [db price]
  (jdbc/query db ["SELECT id, name, price FROM goods WHERE price < ? ORDER BY id" price]))

(defn total
  "Reduces the rows while they come: a fetch size keeps a hundred of them in memory."
  [db]
  (transduce (map :price) + 0M
             (jdbc/reducible-query db ["SELECT price FROM goods"] {:fetch-size 100})))

(defn sell!
  "In one transaction, which an exception rolls back."
  [db id count]
  (jdbc/with-db-transaction [tx db {:isolation :serializable}]
    (jdbc/insert! tx :sales {:good id :sold count})
    (let [[changed] (jdbc/execute! tx ["UPDATE goods SET stock = stock - ? WHERE id = ? AND stock >= ?"
                                       count id count])]
      (when (zero? changed)
        (throw (ex-info "not that many" {:good id}))))))
