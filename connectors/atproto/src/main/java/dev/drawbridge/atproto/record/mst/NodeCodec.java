package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.CborLimits;
import dev.drawbridge.atproto.record.cbor.CborReader;
import dev.drawbridge.atproto.record.cbor.CborWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The block form of a node: `{e: [{k, p, t, v}], l}`.
///
/// Spec: [MST node schema](https://atproto.com/specs/repository#mst-structure)
final class NodeCodec {
    private NodeCodec() {}

    /// A node's block before anything is known of its place.
    ///
    /// @param subtrees one more than keys
    record Raw(List<String> keys, List<Cid> values, List<Optional<Cid>> subtrees) {}

    static byte[] encode(Node node) {
        CborWriter writer = new CborWriter(64 + 128 * node.keys.length);
        writer.map(2).text("e").array(node.keys.length);
        String before = "";
        for (int i = 0; i < node.keys.length; i++) {
            String key = node.keys[i];
            int prefix = MstKeys.commonPrefix(before, key);
            writer.map(4)
                    .text("k")
                    .bytes(key.substring(prefix).getBytes(StandardCharsets.US_ASCII))
                    .text("p")
                    .integer(prefix)
                    .text("t");
            link(writer, node.subtrees[i + 1]);
            writer.text("v").link(node.values[i]);
            before = key;
        }
        writer.text("l");
        link(writer, node.subtrees[0]);
        return writer.toBytes();
    }

    private static void link(CborWriter writer, Subtree subtree) {
        if (subtree.isNone()) {
            writer.nothing();
        } else {
            writer.link(subtree.cid());
        }
    }

    /// @throws MalformedData if the bytes are no node, a key is invalid or unsorted, or a prefix is not the longest one
    static Raw decode(byte[] bytes, MstLimits limits) {
        CborReader reader = new CborReader(
                bytes, new CborLimits(limits.maxNodeBytes(), 4, limits.maxEntries(), limits.maxNodeBytes()));
        fields(reader, 2);
        reader.key("e");
        int count = reader.array();
        List<String> keys = new ArrayList<>(count);
        List<Cid> values = new ArrayList<>(count);
        List<Optional<Cid>> subtrees = new ArrayList<>(count + 1);
        String before = "";
        for (int i = 0; i < count; i++) {
            fields(reader, 4);
            before = key(reader, before);
            keys.add(before);
            reader.key("t");
            subtrees.add(optionalLink(reader));
            reader.key("v");
            values.add(reader.link());
        }
        reader.key("l");
        subtrees.addFirst(optionalLink(reader));
        reader.end();
        return new Raw(keys, values, subtrees);
    }

    private static String key(CborReader reader, String before) {
        reader.key("k");
        String suffix = new String(reader.bytes(), StandardCharsets.ISO_8859_1);
        reader.key("p");
        long prefix = reader.integer();
        if (prefix < 0 || prefix > before.length()) {
            throw new MalformedData("tree node: prefix of " + prefix + " bytes");
        }
        String key = before.substring(0, (int) prefix) + suffix;
        if (!MstKeys.isValid(key)) {
            throw new MalformedData("tree node: invalid key");
        }
        if (key.compareTo(before) <= 0 || MstKeys.commonPrefix(before, key) != prefix) {
            throw new MalformedData("tree node: keys are unsorted or not compressed");
        }
        return key;
    }

    private static void fields(CborReader reader, int expected) {
        if (reader.map() != expected) {
            throw new MalformedData("tree node: wrong fields");
        }
    }

    private static Optional<Cid> optionalLink(CborReader reader) {
        return reader.nothing() ? Optional.empty() : Optional.of(reader.link());
    }
}
