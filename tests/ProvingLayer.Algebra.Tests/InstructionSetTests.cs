using System.Diagnostics;
using System.Runtime.InteropServices;
using ProvingLayer.Algebra.Transforms;

namespace ProvingLayer.Algebra.Tests;

/// <summary>
/// Every kernel gives the same result whatever vectors the machine has. The runtime reads its switches when it starts, so each set of
/// instructions is a run of this test assembly in a process of its own, which reports a checksum of all kernels.
/// </summary>
public class InstructionSetTests
{
    private const string ReportVariable = "PROVINGLAYER_KERNEL_REPORT";

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Kernels_agree_without(string variable)
    {
        var report = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            {
                ArgumentList =
                {
                    "vstest", typeof(InstructionSetTests).Assembly.Location, $"--Tests:{typeof(InstructionSetTests).FullName}.{nameof(Kernels_report_their_checksum)}",
                },
                Environment = { [variable] = "0", [ReportVariable] = report },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output + await errors);
            Assert.Equal(Checksum() + " " + RemainsWithout(variable), await File.ReadAllTextAsync(report));
        }
        finally
        {
            File.Delete(report);
        }
    }

    [Fact]
    public void Kernels_report_their_checksum()
    {
        var checksum = Checksum();
        Assert.Equal(64, checksum.Length);
        if (Environment.GetEnvironmentVariable(ReportVariable) is { } report)
            File.WriteAllText(report, checksum + " " + Remains());
    }

    // What is left of the vectors: that the switch did something is part of the test.
    private static string Remains() =>
        $"{System.Runtime.Intrinsics.X86.Avx512F.IsSupported} {System.Runtime.Intrinsics.X86.Avx2.IsSupported}";

    private static string RemainsWithout(string variable) => variable switch
    {
        "DOTNET_EnableAVX512" => $"False {System.Runtime.Intrinsics.X86.Avx2.IsSupported}",
        _ => "False False",
    };

    private static string Checksum()
    {
        var results = new List<KoalaBear>();
        Permutations<Poseidon2>(results);
        Permutations<Poseidon1>(results);
        Arithmetic(results);
        foreach (var (log, width) in new[] { (0, 1), (1, 3), (5, 17), (6, 33), (11, 2) })
            Transforms(log, width, results);
        return Sponge<Poseidon2>.Hash(1, CollectionsMarshal.AsSpan(results)).ToString();
    }

    private static void Permutations<TPermutation>(List<KoalaBear> results)
        where TPermutation : IPermutation
    {
        var elements = Generators.Sequence(16 * 16);
        var packed = new PackedKoalaBear[16];
        PackedKoalaBear.LoadTransposed(elements, 16, packed);
        TPermutation.PermutePacked(packed);
        TPermutation.Permute(elements.AsSpan(0, 16));
        results.AddRange(elements[..16]);
        foreach (var vector in packed)
            Add(vector, results);
    }

    private static void Arithmetic(List<KoalaBear> results)
    {
        var elements = Generators.Sequence(160);
        PackedKoalaBear Vector(int i) => PackedKoalaBear.Load(elements.AsSpan(16 * i));
        var a = new PackedExtension5(Vector(0), Vector(1), Vector(2), Vector(3), Vector(4));
        var b = new PackedExtension5(Vector(5), Vector(6), Vector(7), Vector(8), Vector(9));
        foreach (var c in new[] { a + b, a - b, a * b, -a, a * Vector(5) })
        {
            for (var i = 0; i < Extension5.Degree; i++)
                Add(c.Coordinate(i), results);
        }

        results.Add(Vector(3).Sum());
    }

    private static void Transforms(int log, int width, List<KoalaBear> results)
    {
        var values = new Matrix(Generators.Sequence(width << log), 1 << log, width);
        var extended = Ntt.CosetLowDegreeExtension(values, 1, KoalaBear.Generator);
        results.AddRange(extended.Data);
        var point = new Extension5(Generators.Sequence(5));
        foreach (var value in ColumnEvaluation.AtPoint(values, KoalaBear.One, RowOrder.Natural, point))
            Add(value, results);
        var factors = new Extension5[width];
        FieldAlgorithms.Powers<Extension5>(point, factors);
        var sums = new Extension5[values.Height];
        ColumnEvaluation.AddColumnCombination(values, factors, sums);
        foreach (var sum in sums)
            Add(sum, results);
    }

    private static void Add(PackedKoalaBear vector, List<KoalaBear> results)
    {
        for (var lane = 0; lane < PackedKoalaBear.Lanes; lane++)
            results.Add(vector[lane]);
    }

    private static void Add(Extension5 value, List<KoalaBear> results)
    {
        for (var i = 0; i < Extension5.Degree; i++)
            results.Add(value[i]);
    }
}
