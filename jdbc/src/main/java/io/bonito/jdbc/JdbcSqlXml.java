package io.bonito.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLXML;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.Result;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * XML in memory, as text.
 *
 * <p>It is parsed by the JDK's own parser, which reads no document type and nothing from outside:
 * what stands in a database must not make its readers open files or connections.
 */
final class JdbcSqlXml implements SQLXML {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private String text;

  /** True for one that the application has to fill, and may fill only once. */
  private boolean empty;

  /** What is being written to; its text is taken when it is asked for. */
  private @Nullable Object target;

  private boolean freed;

  JdbcSqlXml() {
    this.text = "";
    this.empty = true;
  }

  JdbcSqlXml(String text) {
    this.text = text;
  }

  @Override
  public void free() {
    freed = true;
    text = "";
    target = null;
  }

  // ---- reading

  @Override
  public String getString() throws SQLException {
    requireNotFreed();
    Object written = target;
    if (written == null) {
      if (empty) {
        throw SqlExceptions.misuse("no XML was written to this object");
      }
      return text;
    }
    target = null;
    if (written instanceof DOMResult dom) {
      text = printed(dom);
    } else if (written instanceof ByteArrayOutputStream bytes) {
      text = bytes.toString(StandardCharsets.UTF_8);
    } else {
      text = written.toString();
    }
    return text;
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(getString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(getString());
  }

  /**
   * {@inheritDoc}
   *
   * @param type DOMSource, SAXSource, StAXSource or StreamSource; null for a DOMSource
   */
  @Override
  public <T extends Source> T getSource(@Nullable Class<T> type) throws SQLException {
    Reader reader = getCharacterStream();
    Source source;
    try {
      if (type == null || type == DOMSource.class) {
        source = new DOMSource(documentBuilder().parse(new InputSource(reader)));
      } else if (type == SAXSource.class) {
        XMLReader parser = saxParsers().newSAXParser().getXMLReader();
        parser.setErrorHandler(new DefaultHandler());
        source = new SAXSource(parser, new InputSource(reader));
      } else if (type == StAXSource.class) {
        source = new StAXSource(staxReaders().createXMLStreamReader(reader));
      } else if (type == StreamSource.class) {
        source = new StreamSource(reader);
      } else {
        throw SqlExceptions.notSupported("XML as " + type.getName());
      }
    } catch (SAXException | ParserConfigurationException | XMLStreamException | IOException e) {
      throw failed("the value is no XML that is read here: ", e);
    }
    @SuppressWarnings("unchecked") // each branch makes what was asked for
    T asked = (T) source;
    return asked;
  }

  private static DocumentBuilder documentBuilder() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(NO_DOCTYPE, true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler()); // the usual one prints
    return builder;
  }

  private static SAXParserFactory saxParsers() throws SAXException, ParserConfigurationException {
    SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(NO_DOCTYPE, true);
    return factory;
  }

  private static XMLInputFactory staxReaders() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  // ---- writing

  @Override
  public void setString(String value) throws SQLException {
    fill();
    text = value;
  }

  @Override
  public OutputStream setBinaryStream() throws SQLException {
    fill();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    target = out;
    return out;
  }

  @Override
  public Writer setCharacterStream() throws SQLException {
    fill();
    StringWriter out = new StringWriter();
    target = out;
    return out;
  }

  /**
   * {@inheritDoc}
   *
   * @param type DOMResult, SAXResult, StAXResult or StreamResult; null for a DOMResult
   */
  @Override
  public <T extends Result> T setResult(@Nullable Class<T> type) throws SQLException {
    Result result;
    StringWriter out = new StringWriter();
    try {
      if (type == null || type == DOMResult.class) {
        result = new DOMResult(documentBuilder().newDocument());
      } else if (type == SAXResult.class) {
        TransformerHandler handler =
            ((SAXTransformerFactory) transformers()).newTransformerHandler();
        handler.setResult(new StreamResult(out));
        result = new SAXResult(handler);
      } else if (type == StAXResult.class) {
        result = new StAXResult(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out));
      } else if (type == StreamResult.class) {
        result = new StreamResult(out);
      } else {
        throw SqlExceptions.notSupported("XML as " + type.getName());
      }
    } catch (ParserConfigurationException | TransformerException | XMLStreamException e) {
      throw failed("no XML can be written: ", e);
    }
    fill();
    target = result instanceof DOMResult ? result : out;
    @SuppressWarnings("unchecked") // each branch makes what was asked for
    T asked = (T) result;
    return asked;
  }

  private static TransformerFactory transformers() throws TransformerException {
    TransformerFactory factory = TransformerFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory;
  }

  private static String printed(DOMResult dom) throws SQLException {
    StringWriter out = new StringWriter();
    try {
      transformers()
          .newTransformer()
          .transform(new DOMSource(dom.getNode()), new StreamResult(out));
    } catch (TransformerException e) {
      throw failed("no XML can be written: ", e);
    }
    return out.toString();
  }

  private void fill() throws SQLException {
    requireNotFreed();
    if (!empty) {
      throw SqlExceptions.misuse("this XML can only be read");
    }
    empty = false;
  }

  private void requireNotFreed() throws SQLException {
    if (freed) {
      throw SqlExceptions.closed("XML value");
    }
  }

  private static SQLException failed(String what, Exception cause) {
    SQLException failure = SqlExceptions.general(what + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }
}
