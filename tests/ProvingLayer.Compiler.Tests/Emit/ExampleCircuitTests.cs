using System.Globalization;
using System.Text;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Testing;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.TestSupport;
using Snapshooter;
using Snapshooter.Xunit;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>The examples as circuits: their tests, their cost, their artifacts.</summary>
public sealed class ExampleCircuitTests
{
    private static readonly string[] Paths = ["01-european-option/option.tenor", "02-solvency/solvency.tenor", "03-settlement/settlement.tenor"];

    public static TheoryData<string> Files => [.. Paths];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_call_of_every_test_block_is_the_same_in_interpreter_circuit_and_checker(string file)
    {
        var check = new CircuitCheck();
        var diagnostics = new DiagnosticBag();
        foreach (var result in TestRunner.Run(Bind(file, file), null, check, diagnostics))
        {
            Assert.True(result.IsPassed, result.Failure?.ToString());
        }

        Assert.Equal(0, diagnostics.Count);
        Assert.True(check.Runs > 0 || file.StartsWith("02", StringComparison.Ordinal), "no call was compared");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Circuits_pass_the_rules_of_key_generation(string file)
    {
        foreach (var circuit in Compile(Bind(file, file)).SelectMany(p => p.Functions))
        {
            Assert.Empty(CircuitRules.Check(circuit.Circuit));
        }
    }

    /// <summary>A change of cost is a visible line: with UPDATE_COUNTS=1 the file is written anew.</summary>
    [Fact]
    public void Rows_and_cells_of_every_circuit_are_pinned()
    {
        var counts = new StringBuilder("file,function,chip,rows,period,cells\n");
        foreach (var file in Paths)
        {
            foreach (var program in Compile(Bind(file, file)))
            {
                foreach (var function in program.Functions)
                {
                    var cost = CircuitCost.Of(function.Circuit);
                    foreach (var chip in cost.Chips)
                    {
                        counts.Append(CultureInfo.InvariantCulture, $"{file},{program.Program.Name}.{function.Function.Name},{chip.Chip},{chip.Rows},{chip.Period},{chip.Cells}\n");
                    }

                    counts.Append(CultureInfo.InvariantCulture, $"{file},{program.Program.Name}.{function.Function.Name},all,{cost.Chips.Sum(c => c.Rows)},{cost.Chips.Sum(c => c.Period)},{cost.Cells}\n");
                }
            }
        }

        var path = Repository.PathOf("tests", "ProvingLayer.Compiler.Tests", "Emit", "constraint-counts.csv");
        if (Environment.GetEnvironmentVariable("UPDATE_COUNTS") == "1")
        {
            File.WriteAllText(path, counts.ToString());
        }

        Assert.Equal(File.ReadAllText(path), counts.ToString());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void C18_The_same_source_is_the_same_artifact_in_every_culture_and_folder(string file)
    {
        var expected = Compile(Bind(file, file)).Select(p => p.ToArtifact().Write()).ToArray();
        foreach (var culture in new[] { "tr-TR", "de-DE", "ar-SA" })
        {
            var found = Array.Empty<byte[]>();
            var thread = new Thread(() =>
            {
                Thread.CurrentThread.CurrentCulture = Thread.CurrentThread.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                found = [.. Compile(Bind(file, $"/another/{culture}/folder/{file}")).Select(p => p.ToArtifact().Write())];
            });
            thread.Start();
            thread.Join();
            Assert.Equal(expected, found);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void P8_Artifacts_are_read_back_to_the_same_bytes_and_nothing_else_is_read(string file)
    {
        foreach (var program in Compile(Bind(file, file)))
        {
            var bytes = program.ToArtifact().Write();
            Assert.True(Artifact.TryRead(bytes, out var read, out var error), error?.ToString());
            Assert.Equal(bytes, read.Write());
            Assert.Equal(AbiJson.Write(program.Abi), AbiJson.Write(read.Abi));
            var random = new Random(8);
            for (var i = 0; i < 50; i++)
            {
                var at = random.Next(bytes.Length);
                var mutated = (byte[])bytes.Clone();
                mutated[at] ^= (byte)(1 << random.Next(8));
                Assert.False(Artifact.TryRead(mutated, out _, out _), $"a flipped bit of byte {at} is accepted");
                Assert.False(Artifact.TryRead(bytes.AsSpan(0, at), out _, out _), $"the first {at} bytes are accepted");
            }

            Assert.False(Artifact.TryRead([.. bytes, 0], out _, out _));
        }
    }

    [Theory]
    [InlineData("open")]
    [InlineData("exercise")]
    [InlineData("expire")]
    [InlineData("settle")]
    public void The_text_of_the_puts_circuits_is_pinned(string transition)
    {
        var program = Compile(Bind(Paths[0], "option.tenor")).First(p => p.Program.Name == "ApplePut");
        program.Functions.First(f => f.Function.Name == transition).Circuit.ToText().MatchSnapshot(SnapshotNameExtension.Create(transition));
    }

    [Fact]
    public void The_abi_of_the_put_is_pinned() =>
        System.Text.Encoding.UTF8.GetString(AbiJson.Write(Compile(Bind(Paths[0], "option.tenor")).First(p => p.Program.Name == "ApplePut").Abi)).MatchSnapshot();

    [Fact]
    public void Every_sample_that_binds_becomes_circuits_and_its_tests_agree()
    {
        var circuits = 0;
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("grammar", "samples", "accepted"), "*.tenor").Order(StringComparer.Ordinal))
        {
            var program = Binder.Bind([new SourceFile(Path.GetFileName(path), File.ReadAllText(path))]);
            if (program.HasErrors)
            {
                continue; // What a later issue binds only parses so far.
            }

            foreach (var function in Compile(program).SelectMany(p => p.Functions))
            {
                circuits++;
                Assert.Empty(CircuitRules.Check(function.Circuit));
            }

            var check = new CircuitCheck();
            var results = TestRunner.Run(program, null, check, new DiagnosticBag());
            Assert.All(results, result => Assert.True(result.IsPassed, result.Failure?.ToString()));
            circuits += check.Runs;
        }

        Assert.True(circuits > 0);
    }

    [Theory]
    [InlineData("a * b * c * d", "u128, b: u128, c: u128, d: u128", "dec<38>")]
    [InlineData("(a * b * c * d / e).floor()", "u128, b: u128, c: u128, d: u128, e: u128", "lo<u128>")]
    [InlineData("(a / (b * c * d * e)).nearest()", "u128, b: u128, c: u128, d: u128, e: u128", "near<dec<38>>")]
    [InlineData("(a * b * c * d).round(half_even)", "dec<18>, b: dec<18>, c: dec<18>, d: dec<18>", "near<dec<2>>")]
    [InlineData("a - b * c * d", "i128, b: i128, c: i128, d: i128", "dec<38>")]
    public void The_widest_numbers_that_bind_have_circuits(string expression, string parameters, string result)
    {
        var program = Binder.Bind([new SourceFile("wide.tenor", $"module wide;\nstatement Wide(a: {parameters}) -> {result} {{ disclose({expression}) }}\n")]);
        if (!program.HasErrors)
        {
            Assert.Empty(Compile(program).SelectMany(p => p.Functions).SelectMany(f => CircuitRules.Check(f.Circuit)));
        }
        else
        {
            Assert.Contains(program.Diagnostics, d => d.Descriptor == DiagnosticTable.TooManyBits);
        }
    }

    [Fact]
    public void Every_digest_of_a_step_is_described_by_values_that_can_be_opened()
    {
        foreach (var function in Compile(Bind("01-european-option/option.tenor", "option.tenor")).SelectMany(p => p.Abi.Functions))
        {
            Assert.Equal(["argumentsDigest", "flowsDigest", "eventsDigest"], function.Digests.Select(d => d.Name).Where(n => n.EndsWith("Digest", StringComparison.Ordinal)));
        }
    }

    internal static BoundProgram Bind(string file, string path)
    {
        var text = File.ReadAllText(Repository.PathOf(["examples", .. file.Split('/')]));
        var program = Binder.Bind([new SourceFile(path, text)]);
        Assert.DoesNotContain(program.Diagnostics, d => d.Severity == Severity.Error);
        return program;
    }

    internal static IEnumerable<CircuitProgram> Compile(BoundProgram program)
    {
        var diagnostics = new DiagnosticBag();
        foreach (var target in program.Targets)
        {
            yield return CircuitEmitter.Emit(Compilation.Lower(target, diagnostics) ?? throw new InvalidOperationException($"{target.Name} is too large"));
        }
    }
}
