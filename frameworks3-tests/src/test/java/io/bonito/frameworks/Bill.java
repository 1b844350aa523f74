package io.bonito.frameworks;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;

/** An entity with lines, whose keys come in blocks: from a sequence, or from a table of them. */
@Entity
class Bill {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE)
  Long id;

  int number;
  String customer;

  @OneToMany(mappedBy = "bill", cascade = CascadeType.ALL)
  List<Line> lines = new ArrayList<>();

  Bill() {}

  Bill(int number, String customer) {
    this.number = number;
    this.customer = customer;
  }

  void add(String article, int amount) {
    Line line = new Line();
    line.bill = this;
    line.article = article;
    line.amount = amount;
    lines.add(line);
  }

  @Entity(name = "Line")
  static class Line {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    Long id;

    @ManyToOne Bill bill;
    String article;
    int amount;
  }
}
