/**
 * Captures of convergence layers as link traces: what tcpdump wrote, read back as links that went
 * up and down, what they carried, and the bundles themselves.
 *
 * <p>{@link PcapCapture} is the door. From the file outwards, each class knows the one before it:
 * {@code PacketFile} finds packets (pcap, pcapng), {@code IpPackets} finds TCP segments and UDP
 * datagrams in them, {@code Connection} and {@code TcpStream} put the bytes of each side of a
 * connection in order, a {@code Talk} or {@code DatagramTalk} understands them ({@code TcpclTalk},
 * RFC 9174; {@code MtcpTalk}; {@code UdpclTalk}), and {@code Crossings} tells what it understood.
 * To join another convergence layer, add its talk, and what it looks like to {@code FirstBytes} and
 * {@code CaptureLayer}.
 *
 * <p>What a capture says is not trusted: every length is checked, everything that is kept has a
 * limit ({@link CaptureLimits}), and what cannot be read is told and passed over.
 *
 * <p>Pure, as the package above: bytes in, values out, for one thread. Depends on it and on the
 * readers of {@code bpv7.tcpcl} and {@code bpv7.mtcp}.
 */
@NullMarked
package dev.holdfast.contacts.trace.capture;

import org.jspecify.annotations.NullMarked;
