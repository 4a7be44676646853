using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>A prover who lies once and computes all that follows from the lie.</summary>
public class ConsistentLies
{
    public static TheoryData<string> Names => [.. SampleCircuits.All().Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void C2_a_wrong_result_of_any_instruction_is_seen_though_the_rest_follows_from_it(string name)
    {
        var sample = SampleCircuits.All().Single(s => s.Name == name);
        var honest = sample.Trace();
        var seen = 0;
        for (var i = 0; i < sample.Circuit.InstructionCount; i++)
        {
            var instruction = sample.Circuit.Instructions[i];
            if (instruction.Operation == Operation.Constant || OperationRules.IsInput(instruction.Operation) || OperationRules.IsAdvice(instruction.Operation))
                continue;
            var step = new Step(instruction, sample.Circuit.Code.AsSpan(), sample.Circuit.CellTypes.AsSpan(), default);
            for (var result = 0; result < instruction.Results; result++)
            {
                if (step.Results[result] < 0)
                    continue; // asserted to be a cell of another instruction
                if (result == OperationRules.InputResult(instruction.Operation, instruction.Parameters))
                    continue; // an input
                for (var limb = 0; limb < Cells.Limbs; limb++)
                {
                    var trace = Lying(sample, i, result, limb, 1);
                    if (IsSame(honest, trace))
                        continue; // the cell's value is nowhere in the trace: it is not read and the row does not hold it
                    seen++;
                    Assert.False(ConstraintChecker.Check(sample.Circuit, trace).Holds, $"instruction {i} ({instruction.Operation}), result {result}, limb {limb}");
                }
            }
        }

        Assert.True(seen > 0 || name == "publics");
    }

    [Fact]
    public void C2_wrong_advice_of_a_division_is_seen()
    {
        var sample = SampleCircuits.Division();
        var advice = Enumerable.Range(0, sample.Circuit.InstructionCount).Single(i => sample.Circuit.Instructions[i].Operation == Operation.Advise);
        for (var result = 0; result < 3; result++)
        {
            for (var limb = 0; limb < Cells.Limbs; limb++)
            {
                foreach (var change in new[] { 1, -1, 1 << 15 })
                {
                    var trace = Lying(sample, advice, result, limb, change);
                    Assert.False(ConstraintChecker.Check(sample.Circuit, trace).Holds, $"result {result}, limb {limb}, {change}");
                }
            }
        }
    }

    private static Execution.Trace Lying(Sample sample, int instruction, int result, int limb, int change) =>
        new Liar(sample.Circuit).About(instruction, result, limbs => limbs[limb] += Traces.Element(change)).Run(sample.Inputs);

    private static bool IsSame(Execution.Trace left, Execution.Trace right) =>
        left.PublicValues.SequenceEqual(right.PublicValues)
        && left.Main.Zip(right.Main).All(pair => pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data));
}
