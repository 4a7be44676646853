using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary><c>bytes&lt;N&gt;</c> and <c>address</c>: arguments, data, states, events, keys and values of maps, results.</summary>
public sealed class BytesTests
{
    private const string Hash = "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Other = "0xff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Address = "0x00000000000000000000000000000000000000ff";
    private static readonly string s_long = "0x" + string.Concat(Enumerable.Range(0, 40).Select(i => i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Interpreter_circuit_and_checker_agree_on_bytes() => LanguageTests.Pass($$"""
        error Unexpected;
        const LONG: bytes<40> = {{s_long}};
        const WORD: u32 = 32;
        struct Note { text: bytes<40>, to_: address?, ends: (bytes<1>, bytes<3>) }
        enum Proof { Nothing, Block { hash_: bytes<WORD>, height: u64 } }

        fn same<const N: u32>(a: bytes<N>, b: bytes<N>) -> bool { a == b }

        machine Bridge {
            data { mut last: bytes<32> = {{Hash}}, mut note: Note = Note { text: LONG, to_: none, ends: (0x01, 0x020304) }, seen: map<bytes<32>, address, 20>, tags: map<bytes<1>, bytes<40>, 8>, names: map<address, bytes<2>?, 64> }
            state Live { block: Proof }
            event Told { by_: address, hash_: bytes<32>, text: bytes<40> }

            transition start : init -> Live { become Live { block: Proof.Nothing }; }
            transition see(pub h: bytes<32>, from_: address) : Live -> Live {
                require h != last else Unexpected;
                seen.insert(h, from_);
                last = h;
                emit Told { by_: disclose(from_), hash_: h, text: disclose(note.text) };
                become Live { block: Proof.Block { hash_: h, height: 7 } };
            }
            transition tag(t: bytes<1>, text: bytes<40>, who: address?) : Live -> Live {
                tags.insert(t, text);
                note.text = text;
                note.to_ = who;
                note.ends.0 = t;
                stay;
            }
            transition name(who: address, n: bytes<2>?) : Live -> Live {
                match names.find(who) { none => { names.insert(who, n); } some(none) => { names.set(who, n); } some(some(old_)) => { require some(old_) == n else Unexpected; } }
                stay;
            }
            transition expect(h: bytes<32>, from_: address, t: bytes<1>, text: bytes<40>) : Live -> Live {
                require seen.get(h) == from_ && same(tags.get(t), text) && note.text == text else Unexpected;
                let kind = match t { 0x00 => 1, 0xff => 2, _ => 3 };
                require kind == 2 else Unexpected;
                stay;
            }
        }

        test "bytes go everywhere" {
            let b = Bridge.new();
            b.start();
            reject Unexpected { b.see(h: {{Hash}}, from_: {{Address}}); }
            b.see(h: {{Other}}, from_: {{Address}});
            reject Unexpected { b.see(h: {{Other}}, from_: {{Address}}); }
            b.see(h: {{Hash}}, from_: {{Address}});
            reject KeyTaken { b.see(h: {{Other}}, from_: {{Address}}); }
            b.tag(t: 0xff, text: LONG, who: none);
            b.tag(t: 0x00, text: LONG, who: {{Address}});
            reject KeyTaken { b.tag(t: 0xff, text: LONG, who: none); }
            b.expect(h: {{Other}}, from_: {{Address}}, t: 0xff, text: LONG);
            reject Unexpected { b.expect(h: {{Other}}, from_: {{Address}}, t: 0x00, text: LONG); }
            reject Unexpected { b.expect(h: {{Other}}, from_: {{Address}}, t: 0xff, text: 0xff{{s_long[4..]}}); }
            reject Unexpected { b.expect(h: {{Other}}, from_: {{Address}}, t: 0xff, text: {{s_long[..^2]}}ff); } // the second piece
            assert b.last == {{Hash}} && b.note.to_ == some({{Address}}) && b.tags.get(0x00) == LONG;
            b.name(who: {{Address}}, n: none);
            b.name(who: {{Address}}, n: 0x0102);
            b.name(who: {{Address}}, n: 0x0102);
            reject Unexpected { b.name(who: {{Address}}, n: 0x0201); }
            assert b.names.find({{Address}}) == some(some(0x0102));
        }

        property "bytes are what they are" (x: bytes<40>, a: address?, t: bytes<1>) {
            let b = Bridge.new();
            b.start();
            b.tag(t: t, text: x, who: a);
            assert b.note == (Note { text: x, to_: a, ends: (t, 0x020304) }) && b.tags.get(t) == x && !(b.note.text != x);
        }
        """);

    /// <summary>An element beyond what a limb holds, or a byte with a second one above it: no such input is accepted.</summary>
    [Theory]
    [InlineData("bytes<1>", 1)]
    [InlineData("bytes<3>", 3)]
    [InlineData("bytes<16>", 16)]
    [InlineData("address", 20)]
    [InlineData("bytes<31>", 31)]
    [InlineData("bytes<32>", 32)]
    public void C6_Bytes_have_one_form(string type, int length)
    {
        var function = Programs.Lower(Programs.Bind($"statement Same(pub a: {type}) -> {type} {{ a }}"), "Same").Functions[0];
        var circuit = CircuitEmitter.Emit(function);
        var most = (System.Numerics.BigInteger.One << (8 * length)) - 1;
        var cells = CircuitComparison.Cells(circuit, [.. function.Inputs.Select(i => i.Name == "args.a" ? Scalar.Of(most) : Scalar.Of(default(Digest)))]);
        Assert.True(Holds(cells));
        var input = circuit.Abi.Inputs.Single(i => i.Name == "args.a");
        for (var limb = 0; limb < 8 * AbiCells.SlotCount(input.Type); limb++)
        {
            var lie = (CellValue[])cells.Clone();
            KoalaBear[] limbs = [.. lie[input.Slot + (limb / 8)].Limbs];
            limbs[limb % 8] += KoalaBear.One; // one more than the greatest there, or something beside the bytes
            lie[input.Slot + (limb / 8)] = CellValue.Of(Constraints.CellType.Word, limbs);
            Assert.False(Holds(lie), $"limb {limb}");
        }

        bool Holds(CellValue[] values) => ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, values, keepGoing: true).Trace!).Holds;
    }

    [Fact]
    public void Bytes_are_limbs_of_two_with_the_first_byte_low()
    {
        var value = ScalarFormat.OfBytes([1, 2, 3]);
        Assert.Equal([0x201u, 3], Digests.Elements([(value, ScalarLayout.Unsigned(24))]).Select(e => e.Canonical));
        Assert.Equal("0x010203", ScalarFormat.Bytes(3).Print(value));
        Assert.Equal("0x01020300", ScalarFormat.Bytes(4).Write(value));
        Assert.Equal("197121", ScalarFormat.Bytes(2).Write(value)); // no two bytes
        var type = new AbiScalar(Interval.Unsigned(24), ScalarLayout.Unsigned(24), ScalarFormat.Bytes(3));
        Assert.True(type.TryParse("0x010203", out var read, out _));
        Assert.Equal(value, read);
        Assert.All(["0x0102", "0x01020304", "010203", "0x01020g", "197121", "0x"], text => Assert.False(type.TryParse(text, out _, out _)));
    }

    [Fact]
    public void Artifacts_hold_bytes()
    {
        var artifact = CircuitEmitter.Emit(Programs.Lower(Programs.Bind("statement S(pub a: bytes<40>, pub b: address) -> bytes<40> { a }"), "S")).ToArtifact();
        var bytes = artifact.Write();
        Assert.True(Artifact.TryRead(bytes, out var read, out _));
        Assert.Equal(bytes, read!.Write());
        Assert.Equal(["args.a[0]", "args.a[1]", "args.b"], read.Abi.Functions[0].Inputs.Select(i => i.Name).Where(n => n.StartsWith("args.", StringComparison.Ordinal)));
        Assert.Equal([32, 8, 20], read.Abi.Functions[0].Inputs.Where(i => i.Name.StartsWith("args.", StringComparison.Ordinal)).Select(i => i.Type.Format.Places));
    }

    [Theory]
    [InlineData("statement S(pub x: bytes<0>) -> bool { true }", "TNR2003")]
    [InlineData("statement S(pub x: bytes<1_025>) -> bool { true }", "TNR2003")]
    [InlineData("statement S(pub x: bytes) -> bool { true }", "TNR")]
    [InlineData("statement S(pub x: address<20>) -> bool { true }", "TNR")]
    [InlineData("statement S(pub x: address, pub y: bytes<20>) -> bool { x == y }", "TNR2")]
    [InlineData("statement S(pub x: bytes<2>) -> bool { x < 0x0102 }", "TNR2")]
    [InlineData("statement S(pub x: bytes<2>) -> bool { x == 0x010203 }", "TNR2021")]
    [InlineData("statement S(pub x: bytes<2>) -> bool { x == 258 }", "TNR2")]
    [InlineData("statement S(pub x: bytes<2>) -> u8 { match x { 0x0102 => 1, 0x0102 => 2, _ => 3 } }", "TNR2")]
    public void What_is_not_bytes_is_refused(string text, string code) =>
        Assert.StartsWith(code, Assert.Single(Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", text)]).Diagnostics).Code, StringComparison.Ordinal);
}
