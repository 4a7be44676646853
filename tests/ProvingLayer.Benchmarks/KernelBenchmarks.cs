using BenchmarkDotNet.Attributes;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Commitments;

namespace ProvingLayer.Benchmarks;

/// <summary>The kernels that a proof's time is made of. `dotnet run -c Release --project tests/ProvingLayer.Benchmarks -- --filter *Kernel*`.</summary>
[ShortRunJob]
public class KernelBenchmarks
{
    private const int Elements = 4096;

    private readonly KoalaBear[] left = Random(Elements);
    private readonly KoalaBear[] right = Random(Elements);
    private readonly KoalaBear[] products = new KoalaBear[Elements];
    private readonly PackedKoalaBear[] packedState = [.. Random(256).Chunk(16).Select(c => PackedKoalaBear.Load(c))];
    private readonly KoalaBear[] state = Random(16);
    private readonly PackedExtension5[] packedExtensions = [.. Random(80 * 16).Chunk(80).Select(c => PackedExtension5.Load([.. c.Chunk(5).Select(e => new Extension5(e))]))];

    /// <summary>Nanoseconds an element.</summary>
    [Benchmark(OperationsPerInvoke = Elements)]
    public void Multiply_sixteen_lanes()
    {
        for (var i = 0; i < Elements; i += PackedKoalaBear.Lanes)
            (PackedKoalaBear.Load(left.AsSpan(i)) * PackedKoalaBear.Load(right.AsSpan(i))).Store(products.AsSpan(i));
    }

    [Benchmark(OperationsPerInvoke = 16 * PackedKoalaBear.Lanes)]
    public void Multiply_extension_sixteen_lanes()
    {
        for (var i = 0; i < packedExtensions.Length; i++)
            packedExtensions[i] *= packedExtensions[^(i + 1)];
    }

    [Benchmark(OperationsPerInvoke = PackedKoalaBear.Lanes)]
    public void Poseidon2_sixteen_lanes() => Poseidon2.PermutePacked(packedState);

    [Benchmark]
    public void Poseidon2_one() => Poseidon2.Permute(state);

    [Benchmark(OperationsPerInvoke = PackedKoalaBear.Lanes)]
    public void Poseidon1_sixteen_lanes() => Poseidon1.PermutePacked(packedState);

    [Benchmark]
    public void Poseidon1_one() => Poseidon1.Permute(state);

    internal static KoalaBear[] Random(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => KoalaBear.FromCanonical((uint)random.NextInt64(KoalaBear.Modulus)))];
    }
}

/// <summary>Whole matrices, on all cores.</summary>
[ShortRunJob]
public class MatrixBenchmarks
{
    private readonly Extension5 point = new(KernelBenchmarks.Random(5));
    private Matrix matrix = new(0, 0);
    private Matrix result = new(0, 0);

    [Params(12, 16)]
    public int LogHeight { get; set; }

    [Params(32, 128)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        matrix = new(KernelBenchmarks.Random(Width << LogHeight), 1 << LogHeight, Width);
        result = new(matrix.Height, Width);
    }

    [Benchmark]
    public void Evaluate() => Ntt.Evaluate(matrix, result, KoalaBear.Generator, RowOrder.BitReversed);

    [Benchmark]
    public void Interpolate() => Ntt.Interpolate(matrix, result, KoalaBear.Generator, RowOrder.Natural);

    [Benchmark]
    public Digest Commit() => MerkleTree<Poseidon2>.Commit([matrix]).Root;

    [Benchmark]
    public Extension5[] Open() => ColumnEvaluation.AtPoint(matrix, point);
}
