using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Keys;

/// <summary>What a prover must hold to prove a circuit, or several in one proof: the verifying key and the preprocessed columns in the forms that proving uses.</summary>
public abstract class ProvingKey
{
    private protected ProvingKey(VerifyingKey verifyingKey) => VerifyingKey = verifyingKey;

    /// <summary>The key that checks the proofs.</summary>
    public VerifyingKey VerifyingKey { get; }

    /// <summary>Generates the key of a circuit under Poseidon2.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="profile">The parameters and the level they promise.</param>
    /// <param name="maxLogInstances">log₂ of the most instances in one proof.</param>
    /// <param name="isHiding">Whether proofs hide their witness; the transparent key of the circuit is its sister.</param>
    /// <exception cref="InvalidOperationException">The circuit breaks a rule; <see cref="TryGenerate(CircuitUnion, Profile, int, uint, out ProvingKey, out string, bool)"/> says so without throwing.</exception>
    public static ProvingKey Generate(Circuit circuit, Profile profile, int maxLogInstances = 0, bool isHiding = false) =>
        Generate(CircuitUnion.Of(circuit), profile, maxLogInstances, isHiding);

    /// <summary>Generates the key of several circuits that stand in one proof, under Poseidon2.</summary>
    /// <param name="union">The circuits.</param>
    /// <param name="profile">The parameters and the level they promise.</param>
    /// <param name="maxLogInstances">log₂ of the most instances of each circuit in one proof.</param>
    /// <param name="isHiding">Whether proofs hide their witness.</param>
    /// <exception cref="InvalidOperationException">The circuits break a rule; <see cref="TryGenerate(CircuitUnion, Profile, int, uint, out ProvingKey, out string, bool)"/> says so without throwing.</exception>
    public static ProvingKey Generate(CircuitUnion union, Profile profile, int maxLogInstances, bool isHiding = false) =>
        TryGenerate(union, profile, maxLogInstances, Poseidon2.SuiteId, out var key, out var fault, isHiding)
            ? key
            : throw new InvalidOperationException($"compiler bug: the circuit breaks a rule of key generation: {fault}");

    /// <summary>Generates the key of one circuit, or says which rule it breaks.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="profile">The parameters and the level they promise.</param>
    /// <param name="maxLogInstances">log₂ of the most instances in one proof.</param>
    /// <param name="suiteId">The hash suite's number.</param>
    /// <param name="key">The key.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="isHiding">Whether proofs hide their witness.</param>
    public static bool TryGenerate(
        Circuit circuit,
        Profile profile,
        int maxLogInstances,
        uint suiteId,
        [NotNullWhen(true)] out ProvingKey? key,
        [NotNullWhen(false)] out string? fault,
        bool isHiding = false)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        return TryGenerate(CircuitUnion.Of(circuit), profile, maxLogInstances, suiteId, out key, out fault, isHiding);
    }

    /// <summary>Generates the key of circuits that stand in one proof, or says which rule they break.</summary>
    /// <param name="union">The circuits.</param>
    /// <param name="profile">The parameters and the level they promise.</param>
    /// <param name="maxLogInstances">log₂ of the most instances in one proof.</param>
    /// <param name="suiteId">The hash suite's number.</param>
    /// <param name="key">The key.</param>
    /// <param name="fault">What is wrong.</param>
    /// <param name="isHiding">Whether proofs hide their witness.</param>
    public static bool TryGenerate(
        CircuitUnion union,
        Profile profile,
        int maxLogInstances,
        uint suiteId,
        [NotNullWhen(true)] out ProvingKey? key,
        [NotNullWhen(false)] out string? fault,
        bool isHiding = false)
    {
        ArgumentNullException.ThrowIfNull(union);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLogInstances);
        key = null;
        fault = FaultOf(union, profile, maxLogInstances, suiteId, isHiding);
        if (fault is not null)
            return false;
        key = HashSuites.Get(suiteId).Commit(union, profile, maxLogInstances, isHiding);
        return true;
    }

    /// <summary>log₂ of the most instances of each circuit for which the rules allow a key under Poseidon2.</summary>
    /// <param name="union">The circuits.</param>
    /// <param name="profile">The parameters and the level they promise.</param>
    /// <param name="isHiding">Whether proofs hide their witness.</param>
    /// <param name="atMost">No more than this.</param>
    public static int MostLogInstances(CircuitUnion union, Profile profile, bool isHiding, int atMost)
    {
        ArgumentNullException.ThrowIfNull(union);
        ArgumentNullException.ThrowIfNull(profile);
        var most = Math.Max(0, Math.Min(atMost, CircuitRules.MaximumLogInstances(union)));
        while (most > 0 && KeyFaultOf(union, profile, most, HashSuites.Get(Poseidon2.SuiteId), isHiding) is not null)
            most--;
        return most;
    }

    /// <summary>Bytes that a proof of so many instances holds at once, about: rows, codewords, their trees.</summary>
    /// <param name="instances">How often each circuit is there; not more than the key allows.</param>
    public long BytesToProve(InstanceCounts instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (instances.Greatest > VerifyingKey.MaxLogInstances)
            return long.MaxValue;
        var shape = new ProofShape(VerifyingKey, instances);
        var elements = shape.Matrices.Sum(matrix => (long)matrix.Width * ((1L << matrix.LogDomain) + (2L << matrix.LogHeight)));
        var digests = shape.Inputs.Sum(input => 2L << input.Shape.Depth) + (2L << shape.LogDomain);
        return sizeof(uint) * (elements + (Digest.Length * digests));
    }

    internal abstract Proof Prove(Trace trace, ProverHooks hooks, IProgress<ProvingProgress>? progress, CancellationToken cancellation);

    private static string? FaultOf(CircuitUnion union, Profile profile, int maxLogInstances, uint suiteId, bool isHiding)
    {
        if (HashSuites.Find(suiteId) is not { } suite)
            return $"there is no hash suite {suiteId}";
        return CircuitRules.Check(union, maxLogInstances) is [var first, ..] ? first : KeyFaultOf(union, profile, maxLogInstances, suite, isHiding);
    }

    /// <summary>The rule that the key would break, whatever its circuits' rows are.</summary>
    private static string? KeyFaultOf(CircuitUnion union, Profile profile, int maxLogInstances, HashSuite suite, bool isHiding)
    {
        // The same key but for its roots: the rules look at their number alone.
        var tables = VerifyingKey.TablesOf(union, maxLogInstances, profile.ParametersOf(isHiding));
        var roots = new Digest[VerifyingKey.PreprocessedGroups(tables)];
        return KeyRules.FaultOf(new(suite.MachineId(union.Machine), suite.Id, profile, tables, maxLogInstances, union.PublicCount, [.. roots], isHiding));
    }
}

/// <summary>A proving key for one hash suite.</summary>
internal sealed class ProvingKey<TPermutation> : ProvingKey
    where TPermutation : IPermutation
{
    private ProvingKey(VerifyingKey verifyingKey, Matrix[] preprocessed, Matrix[] coefficients, MerkleTree<TPermutation>[] commitments)
        : base(verifyingKey)
    {
        Preprocessed = preprocessed;
        PreprocessedCoefficients = coefficients;
        Commitments = commitments;
    }

    /// <summary>Each table's preprocessed rows over one period.</summary>
    public Matrix[] Preprocessed { get; }

    /// <summary>The coefficients of the preprocessed polynomials, of degree below the period.</summary>
    public Matrix[] PreprocessedCoefficients { get; }

    /// <summary>The commitments to their extensions on 3·⟨ω⟩, one a root of the verifying key.</summary>
    public MerkleTree<TPermutation>[] Commitments { get; }

    public static ProvingKey<TPermutation> Commit(CircuitUnion union, Profile profile, int maxLogInstances, bool isHiding)
    {
        var preprocessed = union.Tables.Select(table => table.Table.Preprocessed).ToArray();
        var coefficients = preprocessed.Select(Coefficients).ToArray();
        var tables = VerifyingKey.TablesOf(union, maxLogInstances, profile.ParametersOf(isHiding));
        var parameters = profile.ParametersOf(isHiding, VerifyingKey.LogTallest(tables, maxLogInstances));
        var circuits = VerifyingKey.CircuitsOf(tables);
        var commitments = new MerkleTree<TPermutation>[VerifyingKey.PreprocessedGroups(tables)];
        for (var group = 0; group < commitments.Length; group++)
        {
            var members = Enumerable.Range(0, tables.Length)
                .Where(table => coefficients[table].Width > 0 && VerifyingKey.PreprocessedGroupOf(tables[table], circuits) == group);
            commitments[group] = MerkleTree<TPermutation>.Commit([.. members.Select(table => Extend(coefficients[table]))]);
        }

        var key = new VerifyingKey(
            union.Machine.Id<TPermutation>(), TPermutation.SuiteId, profile, tables, maxLogInstances, union.PublicCount, [.. commitments.Select(tree => tree.Root)], isHiding);
        return new(key, preprocessed, coefficients, commitments);

        static Matrix Coefficients(Matrix values)
        {
            var coefficients = new Matrix(values.Height, values.Width);
            if (values.Width > 0)
                Ntt.Interpolate(values, coefficients, KoalaBear.One, RowOrder.Natural);
            return coefficients;
        }

        Matrix Extend(Matrix polynomials)
        {
            var values = new Matrix(1 << ProofShape.LogDomainOf(parameters, int.Log2(polynomials.Height)), polynomials.Width);
            Ntt.Evaluate(polynomials, values, KoalaBear.Generator, RowOrder.BitReversed);
            return values;
        }
    }

    internal override Proof Prove(Trace trace, ProverHooks hooks, IProgress<ProvingProgress>? progress, CancellationToken cancellation) =>
        Prove(trace, new(ProofHeader.TranscriptTag), hooks, progress, cancellation);

    /// <summary>Proves with a transcript of the caller's.</summary>
    public Proof Prove(
        Trace trace, Transcript<TPermutation> transcript, ProverHooks hooks, IProgress<ProvingProgress>? progress, CancellationToken cancellation)
    {
        CheckShape(trace);
        using var prover = new Prover<TPermutation>(this, trace, transcript, hooks, progress, cancellation);
        return prover.Prove();
    }

    private void CheckShape(Trace trace)
    {
        if (trace.Instances.Circuits != VerifyingKey.Circuits || trace.Instances.Greatest is var greatest && (greatest < 0 || greatest > VerifyingKey.MaxLogInstances))
            throw new ArgumentException($"The key allows no proof of these instances: {trace.Instances}.", nameof(trace));
        if (trace.PublicValues.Length != VerifyingKey.StatementCount || trace.Main.Length != VerifyingKey.Tables.Length)
            throw new ArgumentException("The trace is not of the key's circuit.", nameof(trace));
        for (var table = 0; table < trace.Main.Length; table++)
        {
            var expected = VerifyingKey.Tables[table];
            var logHeight = expected.LogHeight(trace.Instances);
            var width = expected.Layout.Chip.MainColumns.Length;
            if (logHeight >= 0 && (trace.Main[table].Width != width || trace.Main[table].Height != 1 << logHeight))
                throw new ArgumentException($"The trace of {expected.Chip} has not {1 << logHeight} rows of {width} columns.", nameof(trace));
        }
    }
}
