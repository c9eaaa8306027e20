using System.Security.Cryptography;
using System.Text;
using Theory.Contract;

namespace Theory.Systems.Sweeps;

/// <summary>
/// The bytes of finished parts of a sweep: a mark, the fingerprint of the plan, the content and a SHA-256 of all that.
/// Whatever is torn, foreign or of another plan reads as <see langword="null"/> and is computed again.
/// </summary>
internal static class PartCodec
{
    private const uint Mark = 0x31505754;

    public static byte[] Write(byte[] fingerprint, IReadOnlyList<SweepChunk> chunks) => Seal(fingerprint, writer =>
    {
        writer.Write(chunks.Count);
        foreach (var chunk in chunks) WriteChunk(writer, chunk);
    });

    public static byte[] Write(byte[] fingerprint, PointMeasurement measured) => Seal(fingerprint, writer =>
    {
        writer.Write(measured.Point);
        writer.Write(measured.Size);
        writer.Write(measured.Trials);
        writer.Write(measured.Seed);
        WriteText(writer, measured.Message);
        writer.Write(measured.Numbers.Length);
        foreach (var number in measured.Numbers)
        {
            writer.Write(number.Observable);
            writer.Write(number.Suffix);
            writer.Write(number.Mean);
            writer.Write(number.StandardError);
        }
    });

    public static SweepChunk[]? ReadChunks(byte[] fingerprint, byte[] bytes) => Open(fingerprint, bytes, reader => Repeat(reader.ReadInt32(), () => ReadChunk(reader)));

    public static PointMeasurement? ReadMeasurement(byte[] fingerprint, byte[] bytes) => Open(fingerprint, bytes, reader =>
    {
        var (point, size, trials, seed, message) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadUInt64(), ReadText(reader));
        var numbers = new MeasuredNumber[reader.ReadInt32()];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = new(reader.ReadInt32(), reader.ReadString(), reader.ReadDouble(), reader.ReadDouble());
        return new PointMeasurement(point, size, trials, seed, [.. numbers], message);
    });

    private static void WriteChunk(BinaryWriter writer, SweepChunk chunk)
    {
        writer.Write(chunk.From);
        writer.Write(chunk.Count);
        writer.Write(chunk.Slots);
        for (var i = 0; i < chunk.Count; i++)
        {
            writer.Write((byte)chunk.Status[i]);
            WriteText(writer, chunk.Messages[i]);
            writer.Write(chunk.Residuals[i]);
            writer.Write(chunk.Iterations[i]);
        }
        foreach (var numbers in chunk.Numbers)
        {
            writer.Write(numbers is not null);
            foreach (var number in numbers ?? []) writer.Write(number);
        }
        foreach (var values in chunk.Values)
        {
            writer.Write(values is not null);
            foreach (var value in values ?? []) WriteValue(writer, value ?? Value.None);
        }
    }

    private static SweepChunk ReadChunk(BinaryReader reader)
    {
        var chunk = new SweepChunk(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        for (var i = 0; i < chunk.Count; i++)
        {
            chunk.Status[i] = (PointStatus)reader.ReadByte();
            chunk.Messages[i] = ReadText(reader);
            chunk.Residuals[i] = reader.ReadDouble();
            chunk.Iterations[i] = reader.ReadInt32();
        }
        for (var slot = 0; slot < chunk.Slots; slot++)
        {
            if (!reader.ReadBoolean()) continue;
            for (var i = 0; i < chunk.Count; i++) chunk.SetNumber(slot, i, reader.ReadDouble());
        }
        for (var slot = 0; slot < chunk.Slots; slot++)
        {
            if (!reader.ReadBoolean()) continue;
            for (var i = 0; i < chunk.Count; i++) chunk.SetValue(slot, i, ReadValue(reader));
        }
        return chunk;
    }

    private static byte[] Seal(byte[] fingerprint, Action<BinaryWriter> content)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Mark);
        writer.Write(fingerprint);
        content(writer);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    private static T? Open<T>(byte[] fingerprint, byte[] bytes, Func<BinaryReader, T> content)
        where T : class
    {
        var length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < sizeof(uint) + fingerprint.Length || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))) return null;
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
        return reader.ReadUInt32() == Mark && reader.ReadBytes(fingerprint.Length).AsSpan().SequenceEqual(fingerprint) ? content(reader) : null;
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteValue(BinaryWriter writer, Value value)
    {
        switch (value)
        {
            case Value.Missing:
                writer.Write((byte)0);
                break;
            case Value.Number n:
                writer.Write((byte)1);
                writer.Write(n.Real);
                break;
            case Value.Text t:
                writer.Write((byte)2);
                writer.Write(t.Content);
                break;
            case Value.Flag f:
                writer.Write((byte)3);
                writer.Write(f.IsSet);
                break;
            case Value.List list:
                writer.Write((byte)4);
                writer.Write(list.Items.Length);
                foreach (var item in list.Items) WriteValue(writer, item);
                break;
            case Value.Map map:
                writer.Write((byte)5);
                writer.Write(map.Entries.Length);
                foreach (var entry in map.Entries)
                {
                    writer.Write(entry.Key);
                    WriteValue(writer, entry.Value);
                }
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType().Name} cannot be stored.");
        }
    }

    private static Value ReadValue(BinaryReader reader)
    {
        return reader.ReadByte() switch
        {
            0 => Value.None,
            1 => reader.ReadDouble(),
            2 => reader.ReadString(),
            3 => reader.ReadBoolean(),
            4 => Value.ListOf(Repeat(reader.ReadInt32(), () => ReadValue(reader))),
            5 => new Value.Map([.. Repeat(reader.ReadInt32(), () => KeyValuePair.Create(reader.ReadString(), ReadValue(reader)))]),
            var tag => throw new InvalidDataException($"{tag} marks no value."),
        };
    }

    private static T[] Repeat<T>(int count, Func<T> read)
    {
        var items = new T[count];
        for (var i = 0; i < count; i++) items[i] = read();
        return items;
    }
}
