using ProvingLayer.Stark.Keys;
using Snapshooter.Xunit;

namespace ProvingLayer.Recursion.Tests;

/// <summary>The tables of recursion circuits.</summary>
public class Shapes
{
    [Fact]
    public void Shape_of_the_recursion_profile_and_the_rows_that_aggregating_two_proofs_takes()
    {
        var shape = RecursionShape.Least(Profile.Recursion);
        Assert.Equal(string.Join(" ", RecursionShape.Standard.Tables), string.Join(" ", shape.Tables));
        var used = new[] { false, true }.Select(isChain => AggregateCircuit.Create(shape, isChain).Circuit.Tables.ToDictionary(table => table.Chip.Name, table => table.UsedRows)).ToArray();
        shape.Tables.Select(table => $"{table.Chip} 2^{table.LogHeight}: set {used[0][table.Chip]}, chain {used[1][table.Chip]}").MatchSnapshot();
    }
}
