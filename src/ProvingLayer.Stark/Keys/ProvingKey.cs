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

/// <summary>What a prover must hold to prove a circuit: the verifying key and the preprocessed columns in the forms that proving uses.</summary>
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
    /// <exception cref="InvalidOperationException">The circuit breaks a rule; <see cref="TryGenerate"/> says so without throwing.</exception>
    public static ProvingKey Generate(Circuit circuit, Profile profile, int maxLogInstances = 0, bool isHiding = false) =>
        TryGenerate(circuit, profile, maxLogInstances, Poseidon2.SuiteId, out var key, out var fault, isHiding)
            ? key
            : throw new InvalidOperationException($"compiler bug: the circuit breaks a rule of key generation: {fault}");

    /// <summary>Generates the key of a circuit, or says which rule the circuit breaks.</summary>
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
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLogInstances);
        key = null;
        fault = FaultOf(circuit, profile, maxLogInstances, suiteId, isHiding);
        if (fault is not null)
            return false;
        key = HashSuites.Get(suiteId).Commit(circuit, profile, maxLogInstances, isHiding);
        return true;
    }

    internal abstract Proof Prove(Trace trace, ProverHooks hooks, IProgress<ProvingProgress>? progress, CancellationToken cancellation);

    private static string? FaultOf(Circuit circuit, Profile profile, int maxLogInstances, uint suiteId, bool isHiding)
    {
        if (HashSuites.Find(suiteId) is not { } suite)
            return $"there is no hash suite {suiteId}";
        if (CircuitRules.Check(circuit, maxLogInstances) is [var first, ..])
            return first;

        // The same key but for its root: the rules do not look at that.
        var tables = VerifyingKey.TablesOf(circuit.Tables.Select(table => (table.Chip, table.LogPeriod)), maxLogInstances, profile.ParametersOf(isHiding));
        return KeyRules.FaultOf(new(suite.MachineId(circuit.Machine), suiteId, profile, tables, maxLogInstances, circuit.PublicCount, default, isHiding));
    }
}

/// <summary>A proving key for one hash suite.</summary>
internal sealed class ProvingKey<TPermutation> : ProvingKey
    where TPermutation : IPermutation
{
    private ProvingKey(VerifyingKey verifyingKey, Matrix[] preprocessed, Matrix[] coefficients, MerkleTree<TPermutation> commitment)
        : base(verifyingKey)
    {
        Preprocessed = preprocessed;
        PreprocessedCoefficients = coefficients;
        Commitment = commitment;
    }

    /// <summary>Each table's preprocessed rows over one period.</summary>
    public Matrix[] Preprocessed { get; }

    /// <summary>The coefficients of the preprocessed polynomials, of degree below the period.</summary>
    public Matrix[] PreprocessedCoefficients { get; }

    /// <summary>The commitment to their extensions on 3·⟨ω⟩.</summary>
    public MerkleTree<TPermutation> Commitment { get; }

    public static ProvingKey<TPermutation> Commit(Circuit circuit, Profile profile, int maxLogInstances, bool isHiding)
    {
        var parameters = profile.ParametersOf(isHiding);
        var preprocessed = circuit.Tables.Select(table => table.Preprocessed).ToArray();
        var coefficients = preprocessed.Select(Coefficients).ToArray();
        var commitment = MerkleTree<TPermutation>.Commit([.. coefficients.Where(matrix => matrix.Width > 0).Select(Extend)]);
        var tables = VerifyingKey.TablesOf(circuit.Tables.Select(table => (table.Chip, table.LogPeriod)), maxLogInstances, parameters);
        var key = new VerifyingKey(
            circuit.Machine.Id<TPermutation>(), TPermutation.SuiteId, profile, tables, maxLogInstances, circuit.PublicCount, commitment.Root, isHiding);
        return new(key, preprocessed, coefficients, commitment);

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
        return new Prover<TPermutation>(this, trace, transcript, hooks, progress, cancellation).Prove();
    }

    private void CheckShape(Trace trace)
    {
        if (trace.LogInstances < 0 || trace.LogInstances > VerifyingKey.MaxLogInstances)
            throw new ArgumentException($"The key allows no proof of 2^{trace.LogInstances} instances.", nameof(trace));
        if (trace.PublicValues.Length != VerifyingKey.PublicCount || trace.Main.Length != VerifyingKey.Tables.Length)
            throw new ArgumentException("The trace is not of the key's circuit.", nameof(trace));
        for (var table = 0; table < trace.Main.Length; table++)
        {
            var expected = VerifyingKey.Tables[table];
            var height = 1 << (expected.LogPeriod + (expected.IsShared ? 0 : trace.LogInstances));
            if (trace.Main[table].Width != expected.Layout.Chip.MainColumns.Length || trace.Main[table].Height != height)
                throw new ArgumentException($"The trace of {expected.Chip} has not {height} rows of {expected.Layout.Chip.MainColumns.Length} columns.", nameof(trace));
        }
    }
}
