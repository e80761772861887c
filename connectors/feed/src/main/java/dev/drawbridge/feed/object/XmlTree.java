package dev.drawbridge.feed.object;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML into elements. No document type is read and nothing else is fetched, so entities are those of XML and of
/// HTML and nobody else's; what is too deep or too much is refused.
final class XmlTree {
    private static final int DEEPEST = 100;
    private static final int MOST = 200_000;

    private final XMLStreamReader in;
    private final Deque<XmlElement> open = new ArrayDeque<>();
    private int elements;

    private XmlTree(XMLStreamReader in) {
        this.in = in;
    }

    /// @param charset what the server says, which counts more than what stands in the document (RFC 7303 §3)
    /// @throws BadFeed if it is no XML, or too much of it
    static XmlElement read(byte[] document, Optional<String> charset) {
        try {
            var bytes = new ByteArrayInputStream(document);
            XMLInputFactory factory = factory();
            XMLStreamReader reader = charset.isPresent() && !hasMark(document)
                    ? factory.createXMLStreamReader(bytes, charset.get())
                    : factory.createXMLStreamReader(bytes);
            return new XmlTree(reader).root();
        } catch (XMLStreamException e) {
            var where = e.getLocation();
            String place = where == null ? "" : " in line " + where.getLineNumber();
            throw new BadFeed("is broken XML" + place);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    /// Whether it begins with a byte order mark, which counts more than anything else.
    private static boolean hasMark(byte[] document) {
        return document.length > 2
                && ((document[0] == (byte) 0xEF && document[1] == (byte) 0xBB)
                        || (document[0] == (byte) 0xFE && document[1] == (byte) 0xFF)
                        || (document[0] == (byte) 0xFF && document[1] == (byte) 0xFE));
    }

    private XmlElement root() throws XMLStreamException {
        Optional<XmlElement> root = Optional.empty();
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = begin();
                    if (root.isEmpty()) {
                        root = Optional.of(element);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    words(in.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> words(Html.entity(in.getLocalName()));
                default -> {}
            }
        }
        return root.orElseThrow(() -> new BadFeed("is empty XML"));
    }

    private XmlElement begin() {
        if (++elements > MOST || open.size() >= DEEPEST) {
            throw new BadFeed("has too many elements, or too deep ones");
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            boolean xml = XMLConstants.XML_NS_URI.equals(in.getAttributeNamespace(i));
            attributes.put((xml ? "xml:" : "") + in.getAttributeLocalName(i), in.getAttributeValue(i));
        }
        String space = in.getNamespaceURI();
        var element = new XmlElement(space == null ? "" : space, in.getLocalName(), attributes);
        if (!open.isEmpty()) {
            open.element().content().add(new XmlElement.Child(element));
        }
        open.push(element);
        return element;
    }

    private void words(String text) {
        if (!open.isEmpty() && !text.isEmpty()) {
            open.element().content().add(new XmlElement.Words(text));
        }
    }
}
