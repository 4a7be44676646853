using System.Buffers.Binary;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Tests.Emit;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Cutting, putting together, turning round and reading as something else: against .NET, in the circuit, and under lies.</summary>
public sealed class ByteOperationTests
{
    /// <summary>Arrangements of 3 to 80 bytes, one inside the other, as .NET computes them; interpreter and circuit agree.</summary>
    [Fact]
    public void Arrangements_are_those_of_dotnet()
    {
        var random = new Random(7);
        for (var turn = 0; turn < 25; turn++)
        {
            var (first, second) = (random.Next(1, 50), random.Next(1, 50));
            byte[] a = new byte[first], b = new byte[second];
            random.NextBytes(a);
            random.NextBytes(b);
            var (expected, text) = ((byte[])[.. a, .. b], "a.concat(b)");
            for (var depth = random.Next(0, 4); depth > 0; depth--)
            {
                switch (random.Next(3))
                {
                    case 0:
                        var from = random.Next(0, expected.Length);
                        var length = random.Next(1, expected.Length - from + 1);
                        (expected, text) = (expected[from..(from + length)], $"{text}.slice<{from}, {length}>()");
                        break;
                    case 1:
                        var more = random.Next(1, 90);
                        (expected, text) = ([.. expected.Take(more), .. new byte[Math.Max(0, more - expected.Length)]], $"{text}.resize<{more}>()");
                        break;
                    default:
                        (expected, text) = ([.. expected.Reverse()], $"{text}.reversed()");
                        break;
                }
            }

            var program = Programs.Lower(Programs.Bind($"statement S(pub a: bytes<{first}>, b: bytes<{second}>) -> bytes<{expected.Length}> {{ disclose({text}) }}"), "S");
            var inputs = Inputs(program.Functions[0], [.. Pieces(a), .. Pieces(b)]);
            var run = Interpreter.Run(program.Functions[0], inputs);
            Assert.True(run.IsAccepted, text);
            Assert.Equal(Pieces(expected), Results(program.Functions[0], run));
            Assert.Null(CircuitComparison.Difference(CircuitEmitter.Emit(program.Functions[0]), inputs, run));
        }
    }

    [Fact]
    public void Integers_are_those_of_dotnet()
    {
        var program = Programs.Lower(Programs.Bind("""
            use std.codec;
            statement S(pub b: bytes<23>) -> (u32, u64, u64, u128) {
                (codec.u32_be(b.slice<1, 4>()), codec.u64_be(b.slice<5, 8>()), codec.u64_le(b.slice<3, 8>()), codec.u128_be(b.slice<7, 16>()))
            }
            """), "S");
        var random = new Random(8);
        for (var turn = 0; turn < 20; turn++)
        {
            var b = new byte[23];
            random.NextBytes(b);
            var inputs = Inputs(program.Functions[0], [.. Pieces(b)]);
            var run = Interpreter.Run(program.Functions[0], inputs);
            BigInteger[] expected =
            [
                BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(1)), BinaryPrimitives.ReadUInt64BigEndian(b.AsSpan(5)), BinaryPrimitives.ReadUInt64LittleEndian(b.AsSpan(3)),
                BinaryPrimitives.ReadUInt128BigEndian(b.AsSpan(7)),
            ];
            Assert.Equal(expected, Results(program.Functions[0], run));
            Assert.Null(CircuitComparison.Difference(CircuitEmitter.Emit(program.Functions[0]), inputs, run));
        }
    }

    /// <summary>Whatever byte a prover writes in place of the one that a word has, alone or with the other of its limb, it is seen.</summary>
    [Fact]
    public void C6_No_other_bytes_of_a_word_are_accepted()
    {
        var circuit = CircuitEmitter.Emit(Programs.Lower(Programs.Bind("statement S(b: bytes<40>) -> (bytes<19>, u64) { disclose((b.slice<5, 19>().reversed(), b.slice<31, 8>().reinterpret<u64>())) }"), "S").Functions[0]);
        var bytes = Enumerable.Range(1, 40).Select(i => (byte)(i * 6)).ToArray();
        var cells = CircuitComparison.Cells(circuit, Inputs(circuit.Function, [.. Pieces(bytes)]));
        Assert.True(Holds(null));
        Assert.Equal(6, circuit.Circuit.Tables.Where(t => t.Chip.Name == "word bytes").Sum(t => t.UsedRows)); // three words split, two joined for the nineteen bytes and one for the integer
        var written = new WrittenCells();
        CircuitExecutor.Run(circuit.Circuit, cells, written);
        Assert.Equal(3 * 16, written.Bytes.Count);
        Assert.True(written.WordsAfter(written.Bytes[0]).Count() >= 3);
        foreach (var address in written.Bytes.Concat(written.WordsAfter(written.Bytes[0])))
            Assert.False(Holds(new CellFault(address)), $"cell {address}");
        for (var i = 0; i < written.Bytes.Count; i += 2)
            Assert.False(Holds(new Borrow(written.Bytes[i])), $"limb at {written.Bytes[i]}");

        bool Holds(IFaultInjector? lie) => ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, lie, keepGoing: true).Trace!).Holds;
    }

    /// <summary>Cuts inside cuts are one arrangement, and what is whole needs none.</summary>
    [Theory]
    [InlineData("(b, c).reinterpret<bytes<48>>()", 0)] // words beside words
    [InlineData("b.slice<16, 16>().concat(b.slice<0, 16>()).concat(c)", 0)]
    [InlineData("b.concat(c).reversed().reversed()", 0)]
    [InlineData("b.concat(c).reversed()", 6)]
    [InlineData("b.concat(c).reversed().slice<4, 40>().reversed().slice<1, 8>()", 2)]
    public void Rows_are_few(string expression, int rows)
    {
        var length = rows == 2 ? 8 : 48;
        var circuit = CircuitEmitter.Emit(Programs.Lower(Programs.Bind($"statement S(pub b: bytes<32>, pub c: bytes<16>) -> bytes<{length}> {{ {expression} }}"), "S").Functions[0]).Circuit;
        Assert.Equal(rows, circuit.Tables.Where(t => t.Chip.Name == "word bytes").Sum(t => t.UsedRows));
    }

    private static Scalar[] Inputs(IrFunction function, BigInteger[] arguments)
    {
        var next = 0;
        return [.. function.Inputs.Select(i => i.Name.StartsWith("args.", StringComparison.Ordinal) ? Scalar.Of(arguments[next++]) : Scalar.Zero(i.Type.Kind))];
    }

    private static BigInteger[] Results(IrFunction function, RunResult run) =>
        [.. function.Outputs.Zip(run.Outputs).Where(o => o.First.Role == IrOutputRole.Result).Select(o => o.Second.Number)];

    private static IEnumerable<BigInteger> Pieces(byte[] bytes) => bytes.Chunk(32).Select(piece => new BigInteger(piece, isUnsigned: true));

    // Low + 256, high − 1: the limb stays as it is.
    private sealed class Borrow(int low) : IFaultInjector
    {
        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (cell.Address == low)
                limbs[0] += KoalaBear.FromCanonical(256);
            if (cell.Address == low + 1)
                limbs[0] -= KoalaBear.One;
        }
    }

    // Only splitting a word writes sixteen cells.
    private sealed class WrittenCells : IFaultInjector
    {
        private readonly List<(int Instruction, Cell Cell)> written = [];

        public List<int> Bytes => [.. written.GroupBy(w => w.Instruction).Where(g => g.Count() == 16).SelectMany(g => g.Select(w => w.Cell.Address))];

        public IEnumerable<int> WordsAfter(int address) => written.Select(w => w.Cell).Where(c => c.Type == CellType.Word && c.Address > address).Select(c => c.Address);

        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs) => written.Add((instruction, cell));
    }
}
