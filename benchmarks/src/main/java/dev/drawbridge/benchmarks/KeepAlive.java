package dev.drawbridge.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// One HTTP/1.1 connection, kept as long as the server keeps it, for requests whose bytes were made before: whoever
/// measures should not take
/// the processor from what is measured.
final class KeepAlive implements AutoCloseable {
    private static final int TIME_OUT_MILLIS = 60_000;

    private final URI server;
    private Socket socket;
    private InputStream in;

    KeepAlive(URI server) throws IOException {
        this.server = server;
        socket = connect();
        in = new BufferedInputStream(socket.getInputStream());
    }

    private Socket connect() throws IOException {
        var connected = new Socket(server.getHost(), server.getPort());
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(TIME_OUT_MILLIS);
        return connected;
    }

    /// The bytes of a POST.
    static byte[] post(URI target, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder("POST ")
                .append(target.getRawPath())
                .append(" HTTP/1.1\r\nhost: ")
                .append(target.getRawAuthority())
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("content-length: ").append(body.length).append("\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /// Sends a request and reads the whole answer.
    ///
    /// @return its status
    int send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ")[1]);
        long length = 0;
        boolean chunked = false;
        boolean ends = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            ends |= lower.startsWith("connection:") && lower.contains("close");
        }
        if (chunked) {
            chunks();
        } else {
            in.skipNBytes(length);
        }
        if (ends) {
            socket.close();
            socket = connect();
            in = new BufferedInputStream(socket.getInputStream());
        }
        return status;
    }

    private void chunks() throws IOException {
        for (int size = Integer.parseInt(line(), 16); ; size = Integer.parseInt(line(), 16)) {
            in.skipNBytes(size);
            line();
            if (size == 0) {
                return;
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended within an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
