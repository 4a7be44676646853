using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>
/// The ABI's canonical binary form: fields in the order of the records, lists preceded by their counts, enumerations as bytes, texts as
/// UTF-8, integers as sign, length and magnitude. One ABI has one form, and only that form is read.
/// </summary>
public static partial class AbiBinary
{
    // What a file may hold; far above what the compiler makes, low enough that no file asks for much memory.
    private const int LongestText = 1 << 12;
    private const int LongestHash = 64;
    private const int LongestInteger = 128;
    private const int MostPlaces = 1_000;
    private const int MostSlots = 1 << 24;

    /// <summary>Writes an ABI.</summary>
    public static void Write(CanonicalWriter writer, Abi abi) => Write(writer, abi, isInner: false);

    private static void Write(CanonicalWriter writer, Abi abi, bool isInner)
    {
        writer.WriteString(abi.Name);
        writer.WriteString(abi.InterfaceHash);
        writer.WriteBoolean(abi.IsMachine);
        WriteStrings(writer, abi.States);
        Write(writer, abi.Functions, isInner ? WritePlainFunction : WriteFunction);
    }

    /// <summary>Reads an ABI; after an error, which the reader keeps, it says nothing.</summary>
    public static Abi Read(ref CanonicalReader reader) => Read(ref reader, isInner: false);

    private static Abi Read(ref CanonicalReader reader, bool isInner)
    {
        var name = reader.ReadString(LongestText);
        var interfaceHash = reader.ReadString(LongestHash);
        var (isMachine, states) = (reader.ReadBoolean(), ReadStrings(ref reader));

        // An inner proof's ABI has no inner proofs: what it verifies in its turn is its own key's business, and files do not nest.
        return new(name, isMachine, states, isInner ? Read(ref reader, 32, ReadPlainFunction) : Read(ref reader, 32, ReadFunction)) { InterfaceHash = interfaceHash };
    }

    private static void WriteFunction(CanonicalWriter writer, AbiFunction function)
    {
        WritePlainFunction(writer, function);
        Write(writer, function.InnerProofs, WriteInnerProof);
    }

    private static void WritePlainFunction(CanonicalWriter writer, AbiFunction function)
    {
        writer.WriteString(function.Name);
        Write(writer, function.Inputs, static (writer, input) =>
        {
            writer.WriteString(input.Name);
            writer.WriteByte((byte)input.Role);
            WriteScalar(writer, input.Type);
            writer.WriteInt32(input.Slot);
            writer.WriteInt32(input.SlotCount);
        });
        Write(writer, function.Publics, static (writer, field) =>
        {
            writer.WriteString(field.Name);
            WriteScalar(writer, field.Type);
        });
        Write(writer, function.Digests, static (writer, digest) =>
        {
            writer.WriteString(digest.Name);
            writer.WriteInt32((int)digest.Tag);
            Write(writer, digest.Parts, WritePart);
        });
        Write(writer, function.Outputs, static (writer, output) =>
        {
            writer.WriteString(output.Name);
            writer.WriteByte((byte)output.Role);
            WriteScalar(writer, output.Type);
            writer.WriteBoolean(output.HasSign);
        });
        Write(writer, function.Receipts, static (writer, receipt) =>
        {
            writer.WriteString(receipt.Asset);
            writer.WriteInt32(receipt.Decimals);
            writer.WriteByte((byte)receipt.Direction);
        });
        Write(writer, function.Events, static (writer, e) =>
        {
            writer.WriteString(e.Name);
            writer.WriteInt32(e.Tag);
            WriteStrings(writer, e.Fields);
        });
        Write(writer, function.MapSteps, static (writer, step) =>
        {
            writer.WriteByte((byte)step.Kind);
            writer.WriteString(step.Map);
            MapShapeBinary.Write(writer, step.Shape);
            writer.WriteInt32(step.Opening);
            writer.WriteInt32(step.Input);
            writer.WriteInt32(step.Output);
        });
    }

    private static AbiFunction ReadFunction(ref CanonicalReader reader)
    {
        var function = ReadPlainFunction(ref reader);
        var start = reader.Position;
        function = function with { InnerProofs = Read(ref reader, 64, ReadInnerProof) };
        if (!reader.Failed && InnerProofFaultOf(function) is { } fault)
        {
            reader.Fail(FormatFault.Content, start, fault);
        }

        return function;
    }

    private static AbiFunction ReadPlainFunction(ref CanonicalReader reader)
    {
        var function = new AbiFunction(
            reader.ReadString(LongestText),
            Read(ref reader, 23, static (ref reader) => new AbiInput(
                reader.ReadString(LongestText), ReadEnum<AbiInputRole>(ref reader), ReadScalar(ref reader), reader.ReadInt32(0, int.MaxValue), reader.ReadInt32(1, 8))),
            Read(ref reader, 14, static (ref reader) => new AbiPublic(reader.ReadString(LongestText), ReadScalar(ref reader))),
            Read(ref reader, 12, static (ref reader) => new AbiDigest(
                reader.ReadString(LongestText), (DomainTag)reader.ReadInt32(1, int.MaxValue), Read(ref reader, 5, ReadPart))),
            Read(ref reader, 16, static (ref reader) => new AbiOutput(
                reader.ReadString(LongestText), ReadEnum<AbiOutputRole>(ref reader), ReadScalar(ref reader), reader.ReadBoolean())),
            Read(ref reader, 9, static (ref reader) => new AbiReceipt(
                reader.ReadString(LongestText), reader.ReadInt32(0, MostPlaces), ReadEnum<AbiDirection>(ref reader))),
            Read(ref reader, 12, static (ref reader) => new AbiEvent(
                reader.ReadString(LongestText), reader.ReadInt32(0, ushort.MaxValue), ReadStrings(ref reader))));
        var start = reader.Position;
        function = function with { MapSteps = Read(ref reader, 33, ReadMapStep) };
        if (!reader.Failed && MapStepFaultOf(function) is { } fault)
        {
            reader.Fail(FormatFault.Content, start, fault);
        }

        return function;
    }

    private static AbiMapStep ReadMapStep(ref CanonicalReader reader)
    {
        var kind = ReadEnum<AbiMapStepKind>(ref reader);
        var map = reader.ReadString(LongestText);
        var start = reader.Position;
        if (MapShapeBinary.Read(ref reader) is not { } shape)
        {
            reader.Fail(FormatFault.OutOfRange, start, "there is no such map");
            shape = new(1, [ScalarLayout.Boolean], 1, []);
        }

        return new(kind, map, shape, reader.ReadInt32(0, int.MaxValue), reader.ReadInt32(0, int.MaxValue), reader.ReadInt32(0, int.MaxValue));
    }

    // Whoever runs the program by the list finds every scalar where it says, of the layout that the map has for it.
    private static string? MapStepFaultOf(AbiFunction function)
    {
        for (var i = 0; i < function.MapSteps.Length; i++)
        {
            var step = function.MapSteps[i];
            var isRight = step.Opens ? step.Opening == i : step.Opening < i && step.Input == 0 && function.MapSteps[step.Opening] is { Opens: true } opened && opened.Map == step.Map;
            isRight = isRight && step.Input <= function.Inputs.Length - step.InputCount && step.Output <= function.Outputs.Length - step.OutputCount;
            if (!isRight)
            {
                return $"step {i} with {step.Map} is not in its place";
            }

            var values = step.InputCount - (step.Opens ? step.Shape.Depth : 0);
            var inputs = function.Inputs.AsSpan(step.Input, step.InputCount);
            for (var k = 0; k < inputs.Length; k++)
            {
                var value = step.Kind == AbiMapStepKind.Find ? k - 1 : k;
                isRight &= inputs[k].Role == (k < values ? AbiInputRole.MapValue : AbiInputRole.MapSibling)
                    && inputs[k].Type.Layout == (k >= values ? ScalarLayout.Digest : value < 0 ? ScalarLayout.Boolean : step.Shape.Value[value]);
            }

            var outputs = function.Outputs.AsSpan(step.Output, step.OutputCount);
            var scalars = step.Opens ? step.Shape.Key : step.Shape.Value;
            for (var k = 0; k < outputs.Length; k++)
            {
                var isRoot = k == 0 || (!step.Opens && k == outputs.Length - 1);
                isRight &= outputs[k].Role == AbiOutputRole.Map && outputs[k].Type.Layout == (isRoot ? ScalarLayout.Digest : scalars[k - 1]);
            }

            if (!isRight)
            {
                return $"step {i} with {step.Map} has other scalars than its map";
            }
        }

        return null;
    }

    private static void WritePart(CanonicalWriter writer, AbiDigestPart part)
    {
        WriteLayout(writer, part.Layout);
        writer.WriteString(part.Path);
        writer.WriteBoolean(part.Constant is not null);
        if (part.Constant is not { } constant)
        {
            return;
        }

        if (constant.Kind == ScalarKind.Digest)
        {
            writer.WriteDigest(constant.Digest);
        }
        else
        {
            WriteInteger(writer, constant.Number);
        }
    }

    private static AbiDigestPart ReadPart(ref CanonicalReader reader)
    {
        var layout = ReadLayout(ref reader);
        var path = reader.ReadString(LongestText);
        if (!reader.ReadBoolean())
        {
            return new(path, layout, null);
        }

        if (layout.Kind == ScalarKind.Digest)
        {
            return new(path, layout, Scalar.Of(reader.ReadDigest()));
        }

        var start = reader.Position;
        var number = ReadInteger(ref reader);
        var interval = layout.Kind == ScalarKind.Boolean ? new(0, 1) : layout.Interval;
        if (!interval.Contains(number))
        {
            reader.Fail(FormatFault.OutOfRange, start, "a constant does not fit its limbs");
        }

        return new(path, layout, layout.Kind == ScalarKind.Boolean ? Scalar.Of(number.IsOne) : Scalar.Of(number));
    }

    private static void WriteScalar(CanonicalWriter writer, AbiScalar type)
    {
        WriteLayout(writer, type.Layout);
        if (type.Kind == ScalarKind.Integer)
        {
            WriteInteger(writer, type.Interval.Low);
            WriteInteger(writer, type.Interval.High);
        }

        writer.WriteByte((byte)type.Format.Kind);
        writer.WriteInt32(type.Format.Places);
        writer.WriteString(type.Format.Unit ?? "");
    }

    private static AbiScalar ReadScalar(ref CanonicalReader reader)
    {
        var start = reader.Position;
        var layout = ReadLayout(ref reader);
        var interval = default(Interval);
        if (layout.Kind == ScalarKind.Integer)
        {
            interval = new(ReadInteger(ref reader), ReadInteger(ref reader));
            if (interval.Low > interval.High)
            {
                reader.Fail(FormatFault.OutOfRange, start, "an interval is empty");
            }
        }

        var kind = ReadEnum<FormatKind>(ref reader);
        var places = reader.ReadInt32(0, MostPlaces);
        var unit = reader.ReadString(LongestText);
        if (layout.Kind == ScalarKind.Digest != (kind == FormatKind.Digest) || layout.Kind == ScalarKind.Boolean != (kind == FormatKind.Boolean))
        {
            reader.Fail(FormatFault.Content, start, "a scalar is written in another kind's format");
        }

        if (kind == FormatKind.Bytes && (layout.IsSigned || interval.Low.Sign < 0 || interval.High.GetBitLength() > 8 * places))
        {
            reader.Fail(FormatFault.Content, start, "a scalar is written as fewer bytes than it has");
        }

        return new(interval, layout, new(kind, places, unit.Length == 0 ? null : unit));
    }

    private static void WriteLayout(CanonicalWriter writer, ScalarLayout layout)
    {
        writer.WriteByte((byte)layout.Kind);
        writer.WriteByte((byte)layout.Limbs);
        writer.WriteBoolean(layout.IsSigned);
    }

    private static ScalarLayout ReadLayout(ref CanonicalReader reader)
    {
        var start = reader.Position;
        var layout = new ScalarLayout(ReadEnum<ScalarKind>(ref reader), reader.ReadByte(), reader.ReadBoolean());
        var fits = layout.Kind switch
        {
            ScalarKind.Integer => layout.Limbs is >= 1 and <= ScalarLayout.MaximumLimbs,
            ScalarKind.Boolean => layout == ScalarLayout.Boolean,
            _ => layout == ScalarLayout.Digest,
        };
        if (!fits)
        {
            reader.Fail(FormatFault.OutOfRange, start, "no scalar has such limbs");
            return ScalarLayout.Boolean;
        }

        return layout;
    }

    private static void WriteInteger(CanonicalWriter writer, BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        writer.WriteBoolean(value.Sign < 0);
        var bytes = magnitude.IsZero ? [] : magnitude.ToByteArray(isUnsigned: true);
        writer.WriteByte((byte)bytes.Length);
        writer.WriteBytes(bytes);
    }

    private static BigInteger ReadInteger(ref CanonicalReader reader)
    {
        var start = reader.Position;
        var negative = reader.ReadBoolean();
        var length = reader.ReadByte();
        var bytes = length <= LongestInteger ? reader.ReadBytes(length) : [];
        if (length > LongestInteger || (!bytes.IsEmpty && bytes[^1] == 0) || (bytes.IsEmpty && negative))
        {
            reader.Fail(FormatFault.NotCanonical, start, "an integer is not in its shortest form");
        }

        var magnitude = new BigInteger(bytes, isUnsigned: true);
        return negative ? -magnitude : magnitude;
    }

    private static T ReadEnum<T>(ref CanonicalReader reader)
        where T : struct, Enum
    {
        var start = reader.Position;
        var value = (int)reader.ReadByte();
        var values = Enum.GetValues<T>();
        if (value < values.Length)
        {
            return values[value]; // declared from 0 without a gap
        }

        reader.Fail(FormatFault.OutOfRange, start, $"{value} is no {typeof(T).Name}");
        return default;
    }

    private static void WriteStrings(CanonicalWriter writer, ImmutableArray<string> texts) =>
        Write(writer, texts, static (writer, text) => writer.WriteString(text));

    private static ImmutableArray<string> ReadStrings(ref CanonicalReader reader) =>
        Read(ref reader, sizeof(int), static (ref reader) => reader.ReadString(LongestText));

    private static void Write<T>(CanonicalWriter writer, ImmutableArray<T> items, Action<CanonicalWriter, T> write)
    {
        writer.WriteInt32(items.Length);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private delegate T Reading<out T>(ref CanonicalReader reader);

    // Grows with what is there, not with what is claimed: an item takes at least so many bytes of the file.
    private static ImmutableArray<T> Read<T>(ref CanonicalReader reader, int leastBytes, Reading<T> read)
    {
        var count = reader.ReadCount(leastBytes);
        var items = ImmutableArray.CreateBuilder<T>();
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            items.Add(read(ref reader));
        }

        return items.ToImmutable();
    }
}
