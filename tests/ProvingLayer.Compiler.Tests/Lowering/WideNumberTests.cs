using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Tests.Examples;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Tests.Lowering;

/// <summary><c>u256</c>, <c>i256</c> and <c>dec</c> of 256 bits: arguments, records, maps, results and 512-bit products between them.</summary>
public sealed class WideNumberTests
{
    private static readonly BigInteger most = (BigInteger.One << 256) - 1;
    private static readonly BigInteger least = -(BigInteger.One << 255);

    [Fact]
    public void Interpreter_circuit_and_checker_agree_on_wide_numbers() => LanguageTests.Pass($$"""
        asset WAD { decimals: 18 }
        error Unexpected;
        machine Wide {
            data { mut a: u256 = 0, mut b: i256 = 0, mut ray: dec<45, WAD, 256> = 0, m: map<u256, i256, 20>, small: map<u8, u256, 8>, mut flag: bool = false }
            state Live { top: u256, mid: u8, low: i256 }
            event Told { x: u256, y: u8, z: i256, w: u256 }

            transition start : init -> Live { become Live { top: {{most}}, mid: 7, low: {{least}} }; }
            transition set(pub x: u256, y: i256) : Live -> Live { a = x; b = y; flag = !flag; stay; }
            transition add(x: u256) : Live -> Live { a += x; stay; }
            transition subtract(x: u256) : Live -> Live { a -= x; stay; }
            transition scale(x: u256, y: u256) : Live -> Live {
                a = (a * x / y).floor<u256>().trust_exact();
                emit Told { x: disclose(a), y: disclose(y % 256), z: -1, w: 5 };
                stay;
            }
            transition halve(down: bool) : Live -> Live {
                b = (if down { (b / 2).floor<i256>() } else { (b / 2).ceil<i256>().trust_lo() }).trust_exact();
                stay;
            }
            transition put(k: u256, v: i256, s: u8) : Live -> Live {
                m.insert(k, v);
                small.insert(s, k);
                require m.get(k) == v && small.get(s) == k else Unexpected;
                stay;
            }
            transition price(x: dec<45, WAD, 256>, q: u256) : Live -> Live { ray = (x * q / 3).nearest<dec<45, WAD, 256>>().trust_exact(); stay; }
            transition move_ : Live -> Live { become Live { top: 1, mid, low: low + 1 }; }
            transition expect(x: u256, y: i256) : Live -> Live { require a == x && b == y else Unexpected; stay; }
        }

        test "ends of the ranges" {
            let w = Wide.new();
            w.start();
            w.set(x: {{most}}, y: {{least}});
            w.expect(x: {{most}}, y: {{least}});
            reject OutOfRange { w.add(x: 1); }
            w.subtract(x: {{most}});
            reject OutOfRange { w.subtract(x: 1); }
            w.add(x: {{most - 1}});
            w.add(x: 1);
            w.scale(x: {{most}}, y: {{most}});
            w.expect(x: {{most}}, y: {{least}});
            reject OutOfRange { w.scale(x: 2, y: 1); }
            reject DivisionByZero { w.scale(x: 1, y: 0); }
            w.scale(x: {{most - 1}}, y: {{most}});
            w.expect(x: {{most - 1}}, y: {{least}});
            w.halve(down: true);
            w.expect(x: {{most - 1}}, y: {{least / 2}});
            w.set(x: 0, y: -7);
            w.halve(down: true);
            w.expect(x: 0, y: -4);
            w.set(x: 0, y: -7);
            w.halve(down: false);
            w.expect(x: 0, y: -3);
            w.move_();
            w.move_();
        }

        test "keys and values of maps" {
            let w = Wide.new();
            w.start();
            w.put(k: {{most}}, v: {{least}}, s: 3);
            reject KeyTaken { w.put(k: {{most}}, v: 0, s: 4); }
            w.put(k: 0, v: -1, s: 4);
            assert w.m.get({{most}}) == {{least}} && w.small.get(4) == 0;
        }

        test "decimals" {
            let w = Wide.new();
            w.start();
            w.price(x: 1.000000000000000000000000000000000000000000001 WAD * 1, q: 3);
            reject OutOfRange { w.price(x: 1_000 WAD, q: {{most}}); }
        }
        """.Replace("x: 1.000000000000000000000000000000000000000000001 WAD * 1", "x: 1.000000000000000000000000000000000000000000001", StringComparison.Ordinal));

    /// <summary>Sums, differences, products and quotients of 256-bit integers against plain integers, in the circuit and with lies.</summary>
    [Fact]
    public void C5_C7_Products_quotients_and_sums_of_256_bits_are_those_of_integers()
    {
        var program = Programs.Bind("""
            struct Four { sum: u256?, quotient: u256, rest: u256, scaled: u256? }
            statement All(pub a: u256, pub b: u256, pub c: u256) -> Four {
                let q: lo<u256> = (a / b).floor();
                let fits = a * b / c <= 115792089237316195423570985008687907853269984665640564039457584007913129639935;
                Four {
                    sum: if a + b <= 115792089237316195423570985008687907853269984665640564039457584007913129639935 { some(a + b) } else { none },
                    quotient: q.trust_exact(),
                    rest: a % b,
                    scaled: if fits { some((a * b / c).floor<u256>().trust_exact()) } else { none },
                }
            }
            """);
        var function = Programs.Lower(program, "All").Functions[0];
        var circuit = CircuitEmitter.Emit(function);
        var random = new Random(5);
        var edges = new[] { 1, 2, (BigInteger.One << 128) - 1, BigInteger.One << 128, (BigInteger.One << 128) + 1, BigInteger.One << 255, most - 1, most };
        for (var i = 0; i < 40; i++)
        {
            var (a, b, c) = (Next(), Next(), Next());
            Scalar[] inputs = [.. function.Inputs.Select(input => input.Name switch { "args.a" => Scalar.Of(a), "args.b" => Scalar.Of(b), "args.c" => Scalar.Of(c), _ => Scalar.Of(default(Digest)) })];
            var run = Interpreter.Run(function, inputs);
            Assert.True(run.IsAccepted, run.Failure?.ToString());
            Assert.Null(CircuitComparison.Difference(circuit, inputs, run));
            Assert.Equal(a + b <= most, run.Output("result.sum.some").IsTrue);
            Assert.Equal(a + b <= most ? a + b : 0, run.Output("result.sum.value").Number);
            Assert.Equal(a / b, run.Output("result.quotient").Number);
            Assert.Equal(a % b, run.Output("result.rest").Number);
            Assert.Equal(a * b <= most * c ? a * b / c : 0, run.Output("result.scaled.value").Number);
        }

        BigInteger Next()
        {
            if (random.Next(3) == 0)
                return edges[random.Next(edges.Length)];
            var bytes = new byte[random.Next(1, 33)];
            random.NextBytes(bytes);
            return BigInteger.Max(1, new BigInteger(bytes, isUnsigned: true));
        }
    }

    /// <summary>Limbs of a wide argument that stand for v + 2^256, or a word beyond 2^128: no such input is accepted.</summary>
    [Fact]
    public void C6_A_wide_number_has_one_form()
    {
        var program = Programs.Bind("statement Same(pub a: u256) -> u256 { a }");
        var function = Programs.Lower(program, "Same").Functions[0];
        var circuit = CircuitEmitter.Emit(function);
        var cells = CircuitComparison.Cells(circuit, [.. function.Inputs.Select(i => i.Name == "args.a" ? Scalar.Of(most) : Scalar.Of(default(Digest)))]);
        Assert.True(Holds(circuit, cells));
        var slot = circuit.Abi.Inputs.Single(i => i.Name == "args.a").Slot;
        for (var word = 0; word < 2; word++)
        {
            for (var limb = 0; limb < 8; limb++)
            {
                var lie = (CellValue[])cells.Clone();
                KoalaBear[] limbs = [.. lie[slot + word].Limbs];
                limbs[limb] += KoalaBear.One; // 2^16: no limb
                lie[slot + word] = CellValue.Of(Constraints.CellType.Word, limbs);
                Assert.False(Holds(circuit, lie));
            }
        }
    }

    [Fact]
    public void A_wide_number_takes_two_blocks_of_its_own_and_its_neighbours_pack_around_it()
    {
        ScalarLayout[] layouts = [ScalarLayout.Unsigned(8), ScalarLayout.Unsigned(256), ScalarLayout.Unsigned(16), ScalarLayout.Signed(256), ScalarLayout.Digest, ScalarLayout.Boolean];
        var packing = BlockPacking.Of(layouts);
        Assert.Equal("0 8 24 32 48 56", string.Join(' ', packing.Offsets));
        Assert.Equal(57, packing.Length);
        var elements = Digests.Elements([(Scalar.Of(3), layouts[0]), (Scalar.Of(most - 1), layouts[1])]);
        Assert.Equal(24, elements.Length);
        Assert.Equal([3u, 0, 0, 0, 0, 0, 0, 0, 0xfffe, 0xffff], elements.Take(10).Select(e => e.Canonical));
        Assert.True(layouts[1].TryRead(elements.AsSpan(8, 16), out var back));
        Assert.Equal(most - 1, back.Number);
    }

    [Fact]
    public void Artifacts_hold_wide_numbers()
    {
        var program = Programs.Bind("machine W { data { mut a: u256 = 0, m: map<u256, i256, 9> } state A transition s : init -> A { become A; } transition t(x: u256) : A -> A { a = x; m.insert(x, 5); stay; } }");
        var artifact = CircuitEmitter.Emit(Programs.Lower(program, "W")).ToArtifact();
        var bytes = artifact.Write();
        Assert.True(Artifact.TryRead(bytes, out var read, out _));
        Assert.Equal(bytes, read!.Write());
        Assert.Equal(256, read.Abi.Functions[1].Inputs.Single(i => i.Name == "args.x").Type.Layout.Limbs * 16);
    }

    [Theory]
    [InlineData("statement S(pub x: dec<2, 1, 64>) -> bool { true }", "TNR")]
    [InlineData("statement S(pub x: dec<78, 1, 256>) -> bool { true }", "TNR3")]
    [InlineData("statement S(pub x: dec<2, 1, 256>) -> dec<2> { x }", "")]
    [InlineData("statement S(pub x: u256, pub y: u256, pub z: u256) -> bool { x * y * z > 0 }", "TNR3")]
    public void What_is_not_wide_is_refused(string text, string code)
    {
        var found = Language.Binding.Binder.Bind([new Language.Text.SourceFile("test.tenor", text)]).Diagnostics;
        if (code.Length == 0)
            Assert.Empty(found);
        else
            Assert.StartsWith(code, Assert.Single(found).Code, StringComparison.Ordinal);
    }

    private static bool Holds(CircuitFunction circuit, CellValue[] cells) =>
        ConstraintChecker.Check(circuit.Circuit, CircuitExecutor.Run(circuit.Circuit, cells, keepGoing: true).Trace!).Holds;
}
