package dev.drawbridge.peers.mongo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * MongoDB's wire protocol in front of PostgreSQL with the DocumentDB extension, for tests on loopback: no TLS, no
 * authentication. It keeps no data; what is acknowledged is as durable as PostgreSQL.
 *
 * <p>Gateway PORT JDBC-URL
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/">wire protocol</a>
 */
public final class Gateway {
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int MAX_MESSAGE = 50_000_000;
    private static final int CHECKSUM_PRESENT = 1;
    private static final int MORE_TO_COME = 2;

    private final Commands commands;
    private final AtomicInteger requests = new AtomicInteger();

    private Gateway(Commands commands) {
        this.commands = commands;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        int port = Integer.parseInt(arguments[0]);
        Database database = new Database(arguments[1]);
        // fail now if PostgreSQL is not there
        database.give(database.take());
        Gateway gateway = new Gateway(new Commands(database, port));
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            String address = arguments.length > 2 ? arguments[2] : "127.0.0.1";
            server.bind(new InetSocketAddress(address, port), 512);
            System.out.println("listening on " + address + ":" + port);
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread thread = new Thread(() -> gateway.serve(socket), "client");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 16));
                OutputStream out = client.getOutputStream()) {
            byte[] header = new byte[16];
            while (true) {
                in.readFully(header);
                ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
                int length = fields.getInt();
                int request = fields.getInt();
                int operation = fields.getInt(12);
                if (length < 16 || length > MAX_MESSAGE) {
                    return;
                }
                byte[] message = new byte[length - 16];
                in.readFully(message);
                if (operation == OP_MSG) {
                    message(message, request, out);
                } else if (operation == OP_QUERY) {
                    query(message, request, out);
                } else {
                    return;
                }
            }
        } catch (EOFException | SocketException e) {
            // the client went away
        } catch (IOException e) {
            System.err.println("client: " + e);
        }
    }

    private void message(byte[] bytes, int request, OutputStream out) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int flags = in.getInt();
        int end = (flags & CHECKSUM_PRESENT) != 0 ? bytes.length - 4 : bytes.length;
        BsonDocument command = new BsonDocument();
        Map<String, byte[]> sequences = new HashMap<>();
        while (in.position() < end) {
            int kind = in.get();
            int at = in.position();
            int size = in.getInt(at);
            if (kind == 0) {
                command = Documents.decode(bytes, at, size);
            } else {
                int zero = at + 4;
                while (bytes[zero] != 0) {
                    zero++;
                }
                String name = new String(bytes, at + 4, zero - at - 4, StandardCharsets.UTF_8);
                sequences.put(name, Arrays.copyOfRange(bytes, zero + 1, at + size));
            }
            in.position(at + size);
        }
        byte[] answer = commands.run(command, sequences);
        if ((flags & MORE_TO_COME) == 0) {
            ByteBuffer reply = reply(21 + answer.length, request, OP_MSG);
            out.write(reply.putInt(0).put((byte) 0).put(answer).array());
            out.flush();
        }
    }

    /** The old form, which drivers use for their first hello only. */
    private void query(byte[] bytes, int request, OutputStream out) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.getInt();
        StringBuilder namespace = new StringBuilder();
        for (byte b = in.get(); b != 0; b = in.get()) {
            namespace.append((char) b);
        }
        in.getLong();
        BsonDocument command = Documents.decode(bytes, in.position(), in.getInt(in.position()));
        command.append("$db", new BsonString(namespace.substring(0, Math.max(0, namespace.indexOf(".")))));
        byte[] answer = commands.run(command, Map.of());
        ByteBuffer reply = reply(36 + answer.length, request, OP_REPLY);
        out.write(reply.putInt(8).putLong(0).putInt(0).putInt(1).put(answer).array());
        out.flush();
    }

    private ByteBuffer reply(int length, int request, int operation) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(requests.incrementAndGet())
                .putInt(request)
                .putInt(operation);
    }
}
