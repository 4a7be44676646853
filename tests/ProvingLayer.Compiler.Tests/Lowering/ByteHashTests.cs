using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Digests of bytes in the language: against two other implementations, in interpreter and circuit alike.</summary>
public sealed class ByteHashTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(56)]
    [InlineData(80)]
    [InlineData(135)]
    [InlineData(139)]
    public void Digests_are_those_of_other_implementations(int length)
    {
        var function = Programs.Lower(Programs.Bind($"statement S(pub b: bytes<{length}>) -> (bytes<32>, bytes<32>) {{ (b.sha256(), b.keccak256()) }}"), "S").Functions[0];
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var inputs = Inputs(function, bytes);
        var run = Interpreter.Run(function, inputs);
        Assert.True(run.IsAccepted);
        var keccak = new KeccakDigest(256);
        keccak.BlockUpdate(bytes, 0, length);
        var digest = new byte[32];
        keccak.DoFinal(digest, 0);
        Assert.Equal(
            [new(SHA256.HashData(bytes), isUnsigned: true), new(digest, isUnsigned: true)],
            function.Outputs.Zip(run.Outputs).Where(o => o.First.Role == IrOutputRole.Result).Select(o => o.Second.Number));
        Assert.Null(CircuitComparison.Difference(CircuitEmitter.Emit(function), inputs, run));
    }

    /// <summary>Five bytes that are six: their word would be that of the longer message with the padding of the shorter one.</summary>
    [Theory]
    [InlineData("sha256")]
    [InlineData("keccak256")]
    public void P2_Bytes_beyond_the_length_are_refused_before_they_are_hashed(string name)
    {
        var circuit = CircuitEmitter.Emit(Programs.Lower(Programs.Bind($"statement S(pub b: bytes<5>) -> bytes<32> {{ b.{name}() }}"), "S").Functions[0]);
        var cells = CircuitComparison.Cells(circuit, Inputs(circuit.Function, [1, 2, 3, 4, 5])).ToArray();
        var word = Array.FindIndex(cells, cell => cell.Type == CellType.Word && cell.ToUInt128() == 0x05_04_03_02_01);
        Assert.True(Holds());
        foreach (var excess in new[] { 6, 0x7f, 0x80 })
        {
            cells[word] = CellValue.Word(0x05_04_03_02_01 + ((UInt128)excess << 40));
            Assert.False(Holds(), $"a sixth byte {excess}");
        }

        bool Holds() => ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, null, keepGoing: true).Trace!).Holds;
    }

    /// <summary>The same text in a constant's place: nothing is left to prove.</summary>
    [Fact]
    public void Digests_of_constants_are_constants()
    {
        var circuit = CircuitEmitter.Emit(Programs.Lower(Programs.Bind("statement S(pub b: bytes<32>) -> bool { let m: bytes<3> = 0x616263; b == m.sha256().keccak256() }"), "S").Functions[0]).Circuit;
        Assert.DoesNotContain(circuit.Tables, table => table.Chip.Name is "keccak" or "sha256 rounds");
    }

    /// <summary>One digest however often it is asked for, and rows as the comments say.</summary>
    [Theory]
    [InlineData(32, 16, 24, 0)]
    [InlineData(80, 32, 24, 0)]
    [InlineData(136, 48, 48, 1)]
    public void Rows_of_a_digest(int length, int sha256, int keccak, int exclusiveOrs)
    {
        var text = $"statement S(pub b: bytes<{length}>, pub d: bytes<32>) -> bool {{ b.sha256() == d || b.sha256() == b.keccak256() || b.keccak256() == d }}";
        var circuit = CircuitEmitter.Emit(Programs.Lower(Programs.Bind(text), "S").Functions[0]).Circuit;
        Assert.Equal(sha256, Rows("sha256 rounds"));
        Assert.Equal(sha256 / 16, Rows("sha256 sum"));
        Assert.Equal(keccak, Rows("keccak"));
        Assert.True((Rows("exclusive or") > 0) == (exclusiveOrs > 0));

        int Rows(string chip) => circuit.Tables.Where(t => t.Chip.Name == chip).Sum(t => t.UsedRows);
    }

    private static Scalar[] Inputs(IrFunction function, byte[] bytes)
    {
        var pieces = new Queue<byte[]>(bytes.Chunk(32));
        return [.. function.Inputs.Select(i => i.Name.StartsWith("args.", StringComparison.Ordinal) ? Scalar.Of(new BigInteger(pieces.Dequeue(), isUnsigned: true)) : Scalar.Zero(i.Type.Kind))];
    }
}
