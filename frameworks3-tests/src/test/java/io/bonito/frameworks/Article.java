package io.bonito.frameworks;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;

/** An entity with the server's own key, a version, and a constraint that has a name. */
@Entity
@Table(
    name = "articles",
    uniqueConstraints = @UniqueConstraint(name = "one_of_a_name", columnNames = "name"))
class Article {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Version int version;

  @Column(length = 100, nullable = false)
  String name;

  int stock;

  Article() {}

  Article(String name, int stock) {
    this.name = name;
    this.stock = stock;
  }
}
