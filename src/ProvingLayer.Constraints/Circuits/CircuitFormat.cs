using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Binary;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// The canonical binary form of a circuit: its instructions, names, source marks and outputs. Tables are not in it, they follow. Layout (u32 little-endian,
/// texts and lists preceded by their number):
/// <code>
///   "TNCR" version
///   names (from 1)            text …
///   marks (from 1)            file text, line, column, end line, end column, text
///   instructions              operation u8, mark, name, reads u8 [address], results u8 [address or ~0 for a new cell], parameters u8 [u32]
///   outputs                   name text, cells [address]
/// </code>
/// </summary>
public static class CircuitFormat
{
    /// <summary>The version written and read.</summary>
    public const uint Version = 1;

    private const uint NewCell = uint.MaxValue;
    private const int LeastInstructionBytes = 12;
    private const int MostTextBytes = 1 << 16;

    private static ReadOnlySpan<byte> Magic => "TNCR"u8;

    /// <summary>Writes a circuit.</summary>
    public static void Write(Circuit circuit, CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteHeader(Magic, Version);
        writer.WriteInt32(circuit.Names.Length - 1);
        foreach (var name in circuit.Names.AsSpan()[1..])
            writer.WriteString(name);
        writer.WriteInt32(circuit.Marks.Length - 1);
        foreach (var mark in circuit.Marks.AsSpan()[1..])
        {
            writer.WriteString(mark.File);
            writer.WriteInt32(mark.Line);
            writer.WriteInt32(mark.Column);
            writer.WriteInt32(mark.EndLine);
            writer.WriteInt32(mark.EndColumn);
            writer.WriteString(mark.Text);
        }

        writer.WriteInt32(circuit.Instructions.Length);
        foreach (var instruction in circuit.Instructions)
            Write(circuit, instruction, writer);
        writer.WriteInt32(circuit.Outputs.Length);
        foreach (var output in circuit.Outputs)
        {
            writer.WriteString(output.Name);
            writer.WriteInt32(output.Cells.Length);
            foreach (var cell in output.Cells)
                writer.WriteInt32(cell.Address);
        }
    }

    /// <summary>The canonical bytes of a circuit.</summary>
    public static byte[] ToBytes(Circuit circuit)
    {
        var writer = new CanonicalWriter();
        Write(circuit, writer);
        return writer.ToArray();
    }

    /// <summary>Reads a circuit that is the whole of these bytes.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Circuit? circuit, [NotNullWhen(false)] out FormatError? error)
    {
        var reader = new CanonicalReader(bytes);
        circuit = Read(ref reader);
        reader.Finish();
        error = reader.Error;
        if (error is not null)
            circuit = null;
        return circuit is not null;
    }

    /// <summary>Reads a circuit that may be followed by other things; null after an error, which the reader holds.</summary>
    public static Circuit? Read(ref CanonicalReader reader)
    {
        reader.ReadHeader(Magic, Version);
        var names = ReadNames(ref reader);
        var marks = ReadMarks(ref reader);
        var list = new InstructionList();
        var count = reader.ReadCount(LeastInstructionBytes);
        for (var i = 0; i < count && !reader.Failed; i++)
            ReadInstruction(ref reader, list, marks.Length, names.Length);
        var outputs = ReadOutputs(ref reader, list);
        if (reader.Failed)
            return null;
        var (circuit, fault) = list.Freeze(marks, names, outputs, ImmutableDictionary<Chip, int>.Empty);
        if (fault is not null)
            reader.Fail(FormatFault.Content, reader.Position, fault);
        return circuit;
    }

    private static void Write(Circuit circuit, in Instruction instruction, CanonicalWriter writer)
    {
        var step = new Step(instruction, circuit.Code.AsSpan(), circuit.CellTypes.AsSpan(), default);
        writer.WriteByte((byte)instruction.Operation);
        writer.WriteInt32(instruction.Mark);
        writer.WriteInt32(instruction.Name);
        writer.WriteByte((byte)step.Reads.Length);
        foreach (var read in step.Reads)
            writer.WriteInt32(read);
        writer.WriteByte((byte)step.Results.Length);
        foreach (var result in step.Results)
            writer.WriteUInt32(result < 0 ? (uint)~result : NewCell);
        writer.WriteByte((byte)step.Parameters.Length);
        foreach (var parameter in step.Parameters)
            writer.WriteInt32(parameter);
    }

    private static ImmutableArray<string> ReadNames(ref CanonicalReader reader)
    {
        var count = reader.ReadCount(sizeof(uint));
        var names = ImmutableArray.CreateBuilder<string>(count + 1);
        names.Add("");
        for (var i = 0; i < count && !reader.Failed; i++)
            names.Add(reader.ReadString(MostTextBytes));
        return names.ToImmutable();
    }

    private static ImmutableArray<SourceMark> ReadMarks(ref CanonicalReader reader)
    {
        var count = reader.ReadCount(6 * sizeof(uint));
        var marks = ImmutableArray.CreateBuilder<SourceMark>(count + 1);
        marks.Add(SourceMark.None);
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            var file = reader.ReadString(MostTextBytes);
            var line = reader.ReadInt32(0, int.MaxValue);
            var column = reader.ReadInt32(0, int.MaxValue);
            var endLine = reader.ReadInt32(0, int.MaxValue);
            var endColumn = reader.ReadInt32(0, int.MaxValue);
            marks.Add(new(file, line, column, endLine, endColumn, reader.ReadString(MostTextBytes)));
        }

        return marks.ToImmutable();
    }

    private static void ReadInstruction(ref CanonicalReader reader, InstructionList list, int marks, int names)
    {
        var start = reader.Position;
        var operation = (Operation)reader.ReadByte();
        var mark = reader.ReadInt32(0, marks - 1);
        var name = reader.ReadInt32(0, names - 1);
        Span<int> reads = stackalloc int[reader.ReadByte()];
        foreach (ref var read in reads)
            read = reader.ReadInt32(0, int.MaxValue);
        Span<int> results = stackalloc int[reader.ReadByte()];
        foreach (ref var result in results)
        {
            var at = reader.Position;
            var address = reader.ReadUInt32();
            if (address != NewCell && address > int.MaxValue)
                reader.Fail(FormatFault.OutOfRange, at, "an address is out of range");
            result = address == NewCell ? 0 : ~(int)address;
        }

        Span<int> parameters = stackalloc int[reader.ReadByte()];
        foreach (ref var parameter in parameters)
            parameter = reader.ReadInt32(0, int.MaxValue);
        if (!reader.Failed && list.Append(operation, reads, results, parameters, mark, name) is { } fault)
            reader.Fail(FormatFault.Content, start, fault);
        else if (!reader.Failed && results.Length != list.LastResults)
            reader.Fail(FormatFault.Content, start, "the results of an instruction are missing");
    }

    private static ImmutableArray<CircuitOutput> ReadOutputs(ref CanonicalReader reader, InstructionList list)
    {
        var count = reader.ReadCount(2 * sizeof(uint));
        var outputs = ImmutableArray.CreateBuilder<CircuitOutput>(count);
        for (var i = 0; i < count && !reader.Failed; i++)
        {
            var name = reader.ReadString(MostTextBytes);
            var cells = ImmutableArray.CreateBuilder<Cell>(reader.ReadCount(sizeof(uint)));
            for (var j = 0; j < cells.Capacity && !reader.Failed; j++)
            {
                var at = reader.Position;
                var address = reader.ReadInt32(0, int.MaxValue);
                if (address < list.CellCount)
                    cells.Add(new(address, list.TypeOf(address)));
                else
                    reader.Fail(FormatFault.Content, at, "an output is no cell of the circuit");
            }

            outputs.Add(new(name, cells.ToImmutable()));
        }

        return outputs.ToImmutable();
    }
}
