package io.bonito.conformance.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bonito.testkit.server.Server;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.util.List;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** XML goes in and out as text, and is parsed without ever looking outside. */
@Tag("server")
class SqlXmlTest {
  private static SQLXML sent(Connection connection, SQLXML xml) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setSQLXML(1, xml);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getObject(1, SQLXML.class);
      }
    }
  }

  private static SQLXML xml(Connection connection, String text) throws SQLException {
    SQLXML xml = connection.createSQLXML();
    xml.setString(text);
    return sent(connection, xml);
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void allSourcesReadWhatWasSent(Server server) throws Exception {
    try (Connection connection = Jdbc.connect(server, "")) {
      SQLXML xml = xml(connection, "<a b='ä'>text</a>");
      assertThat(xml.getString()).isEqualTo("<a b='ä'>text</a>");
      assertThat(xml.getBinaryStream())
          .hasBinaryContent("<a b='ä'>text</a>".getBytes(StandardCharsets.UTF_8));
      Document document = (Document) xml.getSource(DOMSource.class).getNode();
      assertThat(document.getDocumentElement().getAttribute("b")).isEqualTo("ä");
      assertThat(xml.getSource(SAXSource.class).getXMLReader()).isNotNull();
      assertThat(xml.getSource(StAXSource.class).getXMLStreamReader().nextTag()).isEqualTo(1);
      assertThat(xml.getSource(StreamSource.class).getReader()).isNotNull();
      assertThatThrownBy(() -> xml.setString("<b/>")).hasMessageContaining("read");
      xml.free();
      assertThatThrownBy(xml::getString).isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void allResultsWriteWhatIsSent(Server server) throws Exception {
    try (Connection connection = Jdbc.connect(server, "")) {
      SQLXML dom = connection.createSQLXML();
      Document document = (Document) dom.setResult(DOMResult.class).getNode();
      document.appendChild(document.createElement("dom"));
      assertThat(sent(connection, dom).getString()).contains("<dom/>");
      SQLXML stax = connection.createSQLXML();
      XMLStreamWriter writer = stax.setResult(StAXResult.class).getXMLStreamWriter();
      writer.writeEmptyElement("stax");
      writer.writeEndDocument();
      writer.flush();
      assertThat(sent(connection, stax).getString()).isEqualTo("<stax/>");
      SQLXML stream = connection.createSQLXML();
      try (Writer out = stream.setResult(StreamResult.class).getWriter()) {
        out.write("<stream/>");
      }
      assertThat(sent(connection, stream).getString()).isEqualTo("<stream/>");
      SQLXML bytes = connection.createSQLXML();
      bytes.setBinaryStream().write("<b>ä</b>".getBytes(StandardCharsets.UTF_8));
      assertThat(sent(connection, bytes).getString()).isEqualTo("<b>ä</b>");
      assertThatThrownBy(connection.createSQLXML()::getString).isInstanceOf(SQLException.class);
    }
  }

  /** Neither files nor addresses nor expansions without end. */
  @ParameterizedTest
  @MethodSource("io.bonito.testkit.server.Servers#selected")
  void documentTypesAreRefused(Server server) throws SQLException {
    try (Connection connection = Jdbc.connect(server, "")) {
      SQLXML xml =
          xml(connection, "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>");
      assertThatThrownBy(() -> xml.getSource(DOMSource.class)).hasMessageContaining("DOCTYPE");
      SAXSource sax = xml.getSource(SAXSource.class);
      assertThatThrownBy(() -> sax.getXMLReader().parse(sax.getInputSource()))
          .hasMessageContaining("DOCTYPE");
      StAXSource stax = xml.getSource(StAXSource.class);
      assertThatThrownBy(
              () -> {
                while (stax.getXMLStreamReader().hasNext()) {
                  stax.getXMLStreamReader().next();
                }
              })
          .isInstanceOf(Exception.class);
      for (Class<? extends Source> other : List.of(OtherSource.class)) {
        assertThatThrownBy(() -> xml.getSource(other)).isInstanceOf(SQLException.class);
      }
    }
  }

  private abstract static class OtherSource implements Source {}
}
