using ProvingLayer.Stark.Keys;
using Snapshooter.Xunit;

namespace ProvingLayer.Recursion.Tests;

/// <summary>Rows by chip to verify one proof, pinned: a change is a visible line.</summary>
public class VerifierCosts
{
    [Fact]
    public void Rows_to_verify_a_proof_at_the_standard_profile() => RowsOf(VerifiedProof.Arithmetic(Profile.Standard)).MatchSnapshot();

    [Fact]
    public void Rows_to_verify_a_hiding_proof_at_the_standard_profile() => RowsOf(VerifiedProof.Arithmetic(Profile.Standard, isHiding: true)).MatchSnapshot();

    private static string[] RowsOf(VerifiedProof verified) => [.. verified.Verifier.Circuit.Tables.Select(table => $"{table.Chip.Name} {table.UsedRows}/{table.Period}")];
}
