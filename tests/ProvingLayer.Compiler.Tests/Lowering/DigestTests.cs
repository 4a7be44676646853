using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary>Digests that a program asks for, trees of them and signatures of messages: as documented, in the circuit, and under lies.</summary>
public sealed class DigestTests
{
    private static readonly Digest[] siblings = [.. Enumerable.Range(0, 17).Select(i => Digests.OfName($"sibling {i}"))];

    [Fact]
    public void A_digest_is_of_the_types_digest_and_the_scalars()
    {
        var (function, circuit) = Compile("statement S(pub n: u64, pub h: hash, pub o: bytes<40>?) -> hash { (n, h, o).digest() }");
        var type = new TupleType([NumberType.OfKind(NumberKind.U64), DigestType.Hash, new OptionType(new BytesType(40))]);
        Scalar[] scalars = [Scalar.Of(7), Scalar.Of(siblings[0]), Scalar.Of(true), Scalar.Of(BigInteger.One << 250), Scalar.Of(65_535)];
        var inputs = Inputs(function, scalars);
        var run = Interpreter.Run(function, inputs);
        Assert.Null(CircuitComparison.Difference(circuit, inputs, run));
        ScalarLayout[] layouts = [ScalarLayout.Unsigned(64), ScalarLayout.Digest, ScalarLayout.Boolean, ScalarLayout.Unsigned(256), ScalarLayout.Unsigned(64)];
        var schema = Scalar.Of(Digests.OfName($"value {ProgramInterface.HashOf(type)}"));
        Assert.Equal(Digests.Of(DomainTag.Value, [(schema, ScalarLayout.Digest), .. scalars.Zip(layouts)]), Result(function, run));
    }

    /// <summary>A tree of one piece of the index, and one of two.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    public void P7_Paths_lead_where_a_maps_do_and_end_at_the_depth(int depth)
    {
        var (function, circuit) = Path(depth);
        foreach (var index in new[] { 0, 1, (1 << depth) - 1, 43_690 & ((1 << depth) - 1) })
        {
            var inputs = Inputs(function, [Scalar.Of(siblings[16]), Scalar.Of(index), .. siblings.Take(depth).Select(s => Scalar.Of(s))]);
            var run = Interpreter.Run(function, inputs);
            Assert.Equal(new MapPath((UInt128)index, [.. siblings.Take(depth)]).RootOf(siblings[16]), Result(function, run));
            Assert.Null(CircuitComparison.Difference(circuit, inputs, run));
        }

        foreach (var index in new[] { BigInteger.One << depth, (BigInteger.One << depth) + 1, BigInteger.One << 63 })
        {
            var inputs = Inputs(function, [Scalar.Of(siblings[16]), Scalar.Of(index), .. siblings.Take(depth).Select(s => Scalar.Of(s))]);
            var run = Interpreter.Run(function, inputs);
            Assert.Equal("IndexOutOfRange", run.Failure?.Failure.Name);
            Assert.Null(CircuitComparison.Difference(circuit, inputs, run));
        }
    }

    /// <summary>A path's node, its position, or the side on which it stands: whatever a prover writes instead is seen.</summary>
    [Fact]
    public void P7_No_other_position_and_no_other_node_is_accepted_on_a_path()
    {
        var (function, circuit) = Path(17);
        var cells = CircuitComparison.Cells(circuit, Inputs(function, [Scalar.Of(siblings[16]), Scalar.Of(98_765), .. siblings.Select(s => Scalar.Of(s))]));
        var written = new Levels();
        CircuitExecutor.Run(circuit.Circuit, cells, written);
        Assert.True(Holds(circuit, cells));
        Assert.Equal((15, 15), (written.Nodes.Count(), written.Positions.Count())); // the last position of each of the index's two pieces is the constant zero
        foreach (var cell in written.Nodes.Concat(written.Positions))
        {
            foreach (var lie in new Func<KoalaBear, KoalaBear>[] { v => v + KoalaBear.One, v => v - KoalaBear.One })
                Assert.False(Holds(circuit, cells, new Lie(cell, lie)), $"{cell}");
        }
    }

    /// <summary>
    /// The other side of a sibling: position p = b + 2n is also (1 − b) + 2n' for n' = n ± ½, and all above may go on from there. But the last position then is no bit, and that alone is wrong.
    /// </summary>
    [Fact]
    public void P7_The_other_side_of_a_sibling_is_not_accepted()
    {
        var (function, circuit) = Path(17);
        const int Index = 98_765;
        var cells = CircuitComparison.Cells(circuit, Inputs(function, [Scalar.Of(siblings[16]), Scalar.Of(Index), .. siblings.Select(s => Scalar.Of(s))]));
        var written = new Levels();
        CircuitExecutor.Run(circuit.Circuit, cells, written);
        var (nodes, positions) = (written.Nodes.ToArray(), written.Positions.ToArray());
        for (var level = 0; level < 15; level++)
        {
            var isRight = ((Index >> level) & 1) == 1;
            var node = new MapPath(Index, [.. siblings.Take(level)]).RootOf(siblings[16]);
            var parent = new MapPath(isRight ? 0u : 1u, [siblings[level]]).RootOf(node);
            var lies = new Lies(new()
            {
                [nodes[level].Address] = limbs => parent.AsSpan().CopyTo(limbs),
                [positions[level].Address] = limbs => limbs[0] += isRight ? KoalaBear.Half : -KoalaBear.Half,
            });
            var report = ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, lies, keepGoing: true).Trace!);
            Assert.Equal("bit is boolean", Assert.Single(report.Violations).Constraint); // of the last level, whose next position is the constant zero
        }
    }

    [Fact]
    public void C4_A_signature_of_a_message_is_no_other_signature()
    {
        var (function, circuit) = Compile("""
            use std.sig;
            use std.sig.{Message};
            statement S(pub who: key, pub n: u64, s: signed<Message<u64>>) -> bool { sig.require_signed(who, n, s); true }
            """);
        var tree = TestKeys.Of("alice");
        var unsigned = Inputs(function, [Scalar.Of(tree.Root), Scalar.Of(5), Scalar.Of(5)]);
        var message = Interpreter.Run(function, unsigned, signatures: new AssumedSignatures([])).Output("data[0].message").Digest;
        Assert.True(Holds(message));
        Assert.False(Holds(message, content: 6)); // what is carried beside the signature is what is signed
        Assert.False(Holds(message, said: 6)); // and what the program names
        var number = NumberType.OfKind(NumberKind.U64);
        Assert.False(Holds(SignedData.MessageOf(number, [Scalar.Of(5)]))); // of a signed<u64>
        Assert.False(Holds(SignedData.MessageOf(new StructType("Message", "tests.Message", [new("content", number)]), [Scalar.Of(5)]))); // of a struct of another module
        Assert.False(Holds(Digests.Of(DomainTag.Value, [(Scalar.Of(SignedData.SchemaOfValue(number)), ScalarLayout.Digest), (Scalar.Of(5), ScalarLayout.Unsigned(64))]))); // a digest of the value
        Assert.False(Holds(Digests.Of(DomainTag.Authorization, [(Scalar.Of(message), ScalarLayout.Digest)]))); // of a step

        bool Holds(Digest signed, int content = 5, int said = 5)
        {
            var scalars = Signature.Names.Zip(tree.Sign(0, signed).Scalars).ToDictionary(p => $"data[0].{p.First}", p => p.Second);
            var inputs = Inputs(function, [Scalar.Of(tree.Root), Scalar.Of(said), Scalar.Of(content)]);
            for (var i = 0; i < inputs.Length; i++)
                inputs[i] = scalars.GetValueOrDefault(function.Inputs[i].Name, inputs[i]);
            return DigestTests.Holds(circuit, CircuitComparison.Cells(circuit, inputs));
        }
    }

    [Theory]
    [InlineData("statement S(pub n: u64) -> hash { (n + 1).digest() }", "TNR2022")]
    [InlineData("statement S(pub n: u64) -> hash { n.digest(1) }", "TNR2")]
    [InlineData("statement S(n: signed<u64>) -> hash { disclose(n.digest()) }", "TNR2004")]
    [InlineData("statement S(pub n: u64) -> hash { n.merkle_root(0, [n.digest()]) }", "TNR1012")]
    [InlineData("statement S(pub k: key) -> hash { k.merkle_root(0, [k.digest()]) }", "TNR1012")]
    [InlineData("statement S(pub h: hash) -> hash { h.merkle_root(0, h) }", "TNR2001")]
    [InlineData("statement S(pub h: hash) -> hash { h.merkle_root(0, [1, 2]) }", "TNR2")]
    [InlineData("statement S(pub h: hash) -> hash { h.merkle_root(0, [h; 129]) }", "TNR2001")]
    [InlineData("statement S(pub h: hash) -> hash { h.merkle_root(h, [h]) }", "TNR")]
    [InlineData("statement S(n: u64) -> hash { n.digest() }", "TNR6")]
    [InlineData("statement S(pub h: hash, s: hash) -> hash { h.merkle_root(0, [s]) }", "TNR6")]
    public void What_has_no_digest_is_refused(string text, string code) =>
        Assert.StartsWith(code, Assert.Single(Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", text)]).Diagnostics).Code, StringComparison.Ordinal);

    private static (IrFunction Function, CircuitFunction Circuit) Path(int depth) =>
        Compile($"statement S(pub leaf: hash, pub index: u64, pub siblings: [hash; {depth}]) -> hash {{ leaf.merkle_root(index, siblings) }}");

    private static (IrFunction Function, CircuitFunction Circuit) Compile(string text)
    {
        var function = Programs.Lower(Programs.Bind(text), "S").Functions[0];
        return (function, CircuitEmitter.Emit(function));
    }

    private static Scalar[] Inputs(IrFunction function, Scalar[] arguments)
    {
        var next = 0;
        return [.. function.Inputs.Select(i => i.Name.StartsWith("args.", StringComparison.Ordinal) ? arguments[next++] : Scalar.Zero(i.Type.Kind))];
    }

    private static Digest Result(IrFunction function, RunResult run)
    {
        Assert.True(run.IsAccepted, run.Failure?.ToString());
        return function.Outputs.Zip(run.Outputs).Single(o => o.First.Role == IrOutputRole.Result).Second.Digest;
    }

    private static bool Holds(CircuitFunction circuit, CellValue[] cells, IFaultInjector? lie = null) =>
        ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, lie, keepGoing: true).Trace!).Holds;

    private sealed class Lie(Cell about, Func<KoalaBear, KoalaBear> lie) : IFaultInjector
    {
        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (cell == about)
                limbs[0] = lie(limbs[0]);
        }
    }

    private delegate void Change(Span<KoalaBear> limbs);

    private sealed class Lies(Dictionary<int, Change> changes) : IFaultInjector
    {
        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (changes.TryGetValue(cell.Address, out var change))
                change(limbs);
        }
    }

    // A level of a path writes its parent, and its next position unless that is known; nothing else writes a block and a value, and permutations two blocks.
    private sealed class Levels : IFaultInjector
    {
        private readonly List<(int Instruction, Cell Cell)> written = [];

        private IEnumerable<ImmutableArray<Cell>> Steps => written.GroupBy(w => w.Instruction).Select(g => g.Select(w => w.Cell).ToImmutableArray())
            .Where(cells => cells is [{ Type: CellType.Block }, { Type: CellType.Value }]);

        public IEnumerable<Cell> Nodes => Steps.Select(s => s[0]);

        public IEnumerable<Cell> Positions => Steps.Select(s => s[1]);

        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs) => written.Add((instruction, cell));
    }
}
