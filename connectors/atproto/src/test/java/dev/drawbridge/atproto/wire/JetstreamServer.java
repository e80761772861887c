package dev.drawbridge.atproto.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Jetstream server on a real socket: the test says what it sends.
final class JetstreamServer implements AutoCloseable {
    private static final long PATIENCE = 30;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final byte[] BAD_REQUEST =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
    /// What was asked for and refused.
    final List<String> refused = new CopyOnWriteArrayList<>();

    /// Whom it answers with 400, by what they ask for.
    volatile Predicate<String> refusing = _ -> false;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    JetstreamServer() throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    String head = Connection.head(socket.getInputStream());
                    String asked = head.split(" ")[1];
                    if (refusing.test(asked)) {
                        refused.add(asked);
                        socket.getOutputStream().write(BAD_REQUEST);
                        socket.close();
                    } else {
                        connections.add(new Connection(socket, head));
                    }
                }
            } catch (Exception e) {
                // closed
            }
        });
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort());
    }

    Connection connected() throws InterruptedException {
        return Objects.requireNonNull(connections.poll(PATIENCE, TimeUnit.SECONDS), "nobody connects");
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// One reader.
    static final class Connection {
        private final Socket socket;
        private final OutputStream out;

        /// The path and query that were asked for.
        final String asked;

        private Connection(Socket socket, String head) throws Exception {
            this.socket = socket;
            this.out = socket.getOutputStream();
            this.asked = head.split(" ")[1];
            Matcher key = Pattern.compile("(?i)sec-websocket-key: (\\S+)").matcher(head);
            key.find();
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private static String head(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.read());
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        void text(String text) throws IOException {
            send(TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        void binary(byte[] bytes) throws IOException {
            send(BINARY, bytes);
        }

        /// Goes away without a word.
        void drop() throws IOException {
            socket.close();
        }

        private void send(int opcode, byte[] payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) (0x80 | opcode));
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else if (payload.length < 65_536) {
                frame.put((byte) 126).putShort((short) payload.length);
            } else {
                frame.put((byte) 127).putLong(payload.length);
            }
            frame.put(payload);
            out.write(frame.array(), 0, frame.position());
            out.flush();
        }
    }
}
