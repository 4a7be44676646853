using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Commitments;

namespace ProvingLayer.Cli.Bench;

/// <summary>How long a kernel takes.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="Nanoseconds">Of one core, for one of what the kernel's name counts; the least of many runs.</param>
internal sealed record KernelMeasurement(string Name, double Nanoseconds);

/// <summary>A piece of work that a proof's time is made of, measured on one core.</summary>
/// <param name="Name">Its name on the command line and in reports.</param>
/// <param name="What">What is counted.</param>
/// <param name="Prepare">Makes the data; the action it returns is measured.</param>
/// <param name="Count">How many of what is counted one call of the action does.</param>
internal sealed record Kernel(string Name, string What, Func<Action> Prepare, int Count = 1)
{
    private const int Lanes = PackedKoalaBear.Lanes;
    private const int Permutations = 64;
    private const int Products = 1 << 10;
    private const int Additions = 1 << 16;
    private const int CopiedBytes = 1 << 25;
    private const int Runs = 12;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(150);

    /// <summary>All kernels; the last two calibrate, so that figures of different machines can be compared.</summary>
    public static ImmutableArray<Kernel> All { get; } =
    [
        new("poseidon2-16", "a permutation, sixteen side by side", Permute<Poseidon2>, Permutations * Lanes),
        new("poseidon1-16", "a permutation, sixteen side by side", Permute<Poseidon1>, Permutations * Lanes),
        new("poseidon2-16-latency", "a permutation by itself", PermuteOne<Poseidon2>, Permutations),
        new("poseidon1-16-latency", "a permutation by itself", PermuteOne<Poseidon1>, Permutations),
        new("ntt-2^16x128", "a transform of 2^16 rows of 128 columns", () =>
        {
            var (values, result) = (Random(16, 128), Matrix.Uninitialized(1 << 16, 128));
            return () => Ntt.Evaluate(values, result, KoalaBear.Generator, RowOrder.BitReversed);
        }),
        new("merkle-2^16x128", "a Poseidon2 tree over 2^16 rows of 128 columns", () =>
        {
            var values = Random(16, 128);
            return () => MerkleTree<Poseidon2>.Commit([values]);
        }),
        new("multiply", "a product in the base field, sixteen side by side", Multiply, Products * Lanes),
        new("multiply-extension5", "a product in the extension of degree 5, sixteen side by side", MultiplyExtension, Products * Lanes),
        new("dependent-adds", "an integer addition that waits for the one before", Add, Additions),
        new("memory-copy", "a copied byte of 32 MiB", Copy, CopiedBytes),
    ];

    /// <summary>The least time of one core.</summary>
    public KernelMeasurement Measure(CancellationToken cancellation)
    {
        var action = Prepare();
        var least = TimeSpan.MaxValue;
        WorkPartition.OnThisThread(() =>
        {
            var all = Stopwatch.StartNew();
            for (var run = 0; run < Runs || all.Elapsed < Least; run++)
            {
                cancellation.ThrowIfCancellationRequested();
                var watch = Stopwatch.StartNew();
                action();
                least = watch.Elapsed < least ? watch.Elapsed : least;
            }
        });
        return new(Name, least.TotalNanoseconds / Count);
    }

    private static Action Permute<TPermutation>()
        where TPermutation : IPermutation
    {
        PackedKoalaBear[] state = [.. Random(0, 16 * Lanes).Data.Chunk(Lanes).Select(lanes => PackedKoalaBear.Load(lanes))];
        return () =>
        {
            for (var i = 0; i < Permutations; i++)
                TPermutation.PermutePacked(state);
        };
    }

    private static Action PermuteOne<TPermutation>()
        where TPermutation : IPermutation
    {
        var state = Random(0, 16).Data;
        return () =>
        {
            for (var i = 0; i < Permutations; i++)
                TPermutation.Permute(state);
        };
    }

    private static Action Multiply()
    {
        PackedKoalaBear[] values = [.. Random(0, Products * Lanes).Data.Chunk(Lanes).Select(lanes => PackedKoalaBear.Load(lanes))];
        return () => MultiplyAll(values);
    }

    private static Action MultiplyExtension()
    {
        var elements = Random(0, Products * Lanes * Extension5.Degree).Data.Chunk(Extension5.Degree).Select(c => new Extension5(c)).ToArray();
        PackedExtension5[] values = [.. elements.Chunk(Lanes).Select(lanes => PackedExtension5.Load(lanes))];
        return () => MultiplyAll(values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAll(PackedKoalaBear[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] *= values[^(i + 1)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAll(PackedExtension5[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] *= values[^(i + 1)];
    }

    private static Action Add()
    {
        var sum = 1ul;
        return () => sum = AddAll(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static ulong AddAll(ulong sum)
    {
        var step = sum | 1;
        for (var i = 0; i < Additions; i += 8)
        {
            sum += step;
            step += sum;
            sum += step;
            step += sum;
            sum += step;
            step += sum;
            sum += step;
            step += sum;
        }

        return sum;
    }

    private static Action Copy()
    {
        var (source, target) = (new byte[CopiedBytes], new byte[CopiedBytes]);
        Array.Fill(source, (byte)1);
        return () => Buffer.BlockCopy(source, 0, target, 0, CopiedBytes);
    }

    // The same values in every run.
    private static Matrix Random(int logHeight, int width)
    {
        var matrix = Matrix.Uninitialized(1 << logHeight, width);
        var state = 1ul;
        foreach (ref var element in matrix.Data.AsSpan())
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            element = KoalaBear.FromCanonical((uint)(state >> 33) % KoalaBear.Modulus);
        }

        return matrix;
    }
}
