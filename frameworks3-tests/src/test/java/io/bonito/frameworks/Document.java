package io.bonito.frameworks;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An entity with JSON, which Hibernate's own validation does not know on MariaDB. */
@Entity
class Document {
  @Id int id;

  @JdbcTypeCode(SqlTypes.JSON)
  Map<String, String> content;

  Document() {}

  Document(int id, Map<String, String> content) {
    this.id = id;
    this.content = content;
  }
}
