using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>
/// A compiled machine or statement, the content of a <c>.tnart</c> file: its ABI and one circuit for each of its functions.
/// </summary>
/// <remarks>
/// The file: magic <c>TNAR</c>, version, the compiler's version, the ABI, each circuit's canonical form, and the SHA-256
/// digest of all that. The digest finds damage; keys are what binds a circuit.
/// </remarks>
/// <param name="CompilerVersion">The version of the compiler that made it.</param>
/// <param name="Abi">What goes in and comes out.</param>
/// <param name="Circuits">The circuits, in the order of the ABI's functions.</param>
public sealed record Artifact(string CompilerVersion, Abi Abi, ImmutableArray<Circuit> Circuits)
{
    private const uint Version = 5;
    private const int LongestVersion = 256;

    private static ReadOnlySpan<byte> Magic => "TNAR"u8;

    /// <summary>The file's bytes: the same for the same artifact.</summary>
    public byte[] Write()
    {
        var writer = new CanonicalWriter();
        writer.WriteHeader(Magic, Version);
        writer.WriteString(CompilerVersion);
        AbiBinary.Write(writer, Abi);
        writer.WriteInt32(Circuits.Length);
        foreach (var circuit in Circuits)
        {
            CircuitFormat.Write(circuit, writer);
        }

        writer.WriteBytes(SHA256.HashData(writer.Written));
        return writer.ToArray();
    }

    /// <summary>Reads a file; false and the first error if it is not exactly what <see cref="Write"/> writes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Artifact? artifact, [NotNullWhen(false)] out FormatError? error)
    {
        artifact = null;
        var reader = new CanonicalReader(bytes);
        reader.ReadHeader(Magic, Version);
        var compiler = reader.ReadString(LongestVersion);
        var abi = AbiBinary.Read(ref reader);
        var start = reader.Position;
        var count = reader.ReadCount(sizeof(int));
        var circuits = ImmutableArray.CreateBuilder<Circuit>();
        if (count != abi.Functions.Length)
        {
            reader.Fail(FormatFault.Content, start, $"{count} circuits for {abi.Functions.Length} functions");
        }

        for (var i = 0; i < count && !reader.Failed; i++)
        {
            start = reader.Position;
            var circuit = CircuitFormat.Read(ref reader);
            if (circuit is null)
            {
                break;
            }

            if (Mismatch(abi.Functions[i], circuit) is { } mismatch)
            {
                reader.Fail(FormatFault.Content, start, $"circuit {i}: {mismatch}");
            }
            else
            {
                circuits.Add(circuit);
            }
        }

        start = reader.Position;
        var digest = reader.ReadBytes(SHA256.HashSizeInBytes);
        if (!reader.Failed && !digest.SequenceEqual(SHA256.HashData(bytes[..start])))
        {
            reader.Fail(FormatFault.Content, start, "the digest is not that of the content");
        }

        reader.Finish();
        error = reader.Error;
        artifact = error is null ? new(compiler, abi, circuits.ToImmutable()) : null;
        return error is null;
    }

    // An ABI that fits its circuit: who encodes inputs by it cannot address a slot that is not there.
    private static string? Mismatch(AbiFunction function, Circuit circuit)
    {
        var slot = 0;
        foreach (var input in function.Inputs)
        {
            if (input.Slot != slot || input.SlotCount != AbiCells.SlotCount(input.Type))
            {
                return $"the slots of input {input.Name} are not where they belong";
            }

            for (var i = 0; i < input.SlotCount; i++, slot++)
            {
                if (slot >= circuit.InputCount || circuit.InputTypes[slot] != AbiCells.TypeOf(input.Type.Kind))
                {
                    return $"input {input.Name} does not fit the circuit's slot {slot}";
                }
            }
        }

        foreach (var proof in function.InnerProofs)
        {
            for (var i = 0; i < proof.SlotCount; i++, slot++)
            {
                if (slot >= circuit.InputCount || circuit.InputTypes[slot] != CellType.Block)
                {
                    return $"the inner proof {proof.Name} does not fit the circuit's slot {slot}";
                }
            }
        }

        if (slot != circuit.InputCount)
        {
            return $"{slot} of {circuit.InputCount} input slots are described";
        }

        if (function.Publics.Sum(p => p.Type.Layout.Limbs) != circuit.PublicCount)
        {
            return "the public fields do not make up the circuit's public values";
        }

        if (function.Outputs.Length != circuit.Outputs.Length)
        {
            return "the outputs are not the circuit's";
        }

        for (var i = 0; i < function.Outputs.Length; i++)
        {
            if (!string.Equals(function.Outputs[i].Name, circuit.Outputs[i].Name, StringComparison.Ordinal)
                || !AbiCells.Fits(function.Outputs[i], circuit.Outputs[i].Cells))
            {
                return $"output {function.Outputs[i].Name} is not the circuit's";
            }
        }

        return null;
    }
}
