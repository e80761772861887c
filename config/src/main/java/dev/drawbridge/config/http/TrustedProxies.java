package dev.drawbridge.config.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The addresses whose `X-Forwarded-*` headers are believed. Nobody by default.
public final class TrustedProxies {
    /// One block of addresses in CIDR notation (RFC 4632); a single address is a block of one.
    private record Block(byte[] network, int bits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Block> blocks;

    /// @throws IllegalArgumentException if one is not an address or a block of addresses
    public TrustedProxies(List<String> blocks) {
        this.blocks = blocks.stream().map(TrustedProxies::block).toList();
    }

    boolean trusts(String address) {
        return literal(address)
                .filter(a -> blocks.stream().anyMatch(block -> block.contains(a)))
                .isPresent();
    }

    private static Block block(String text) {
        String[] parts = text.split("/", 2);
        byte[] network = literal(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("not an address or block of addresses: " + text));
        int most = network.length * 8;
        int bits = parts.length == 1 ? most : bits(parts[1], text);
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        return new Block(network, bits);
    }

    private static int bits(String text, String whole) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a block of addresses: " + whole, e);
        }
    }

    /// The bytes of an address in digits; a name is never looked up.
    private static Optional<byte[]> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
