using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Dfa;
using Antlr4.Runtime.Sharpen;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Tests.Samples;

namespace ProvingLayer.Language.Tests.Parsing;

public class GrammarAmbiguity
{
    public static TheoryData<string> Names => [.. Sample.Names("accepted")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Grammar_reads_a_sample_in_one_way_only(string name)
    {
        var tokens = Tokenizer.Read(Sample.Read("accepted", name)!, new DiagnosticBag())!;
        var parser = new TenorParser(tokens.List) { ErrorHandler = new BailErrorStrategy() };
        parser.Interpreter.PredictionMode = PredictionMode.LL_EXACT_AMBIG_DETECTION;
        parser.RemoveErrorListeners();
        parser.AddErrorListener(new Listener());
        Assert.NotEmpty(parser.unit().topDecl());
    }

    /// <summary>The one ambiguity that is meant, and resolved as in C#: <c>f(a &lt; b, c &gt; (d))</c> is one generic call.</summary>
    private sealed class Listener : BaseErrorListener
    {
        public override void ReportAmbiguity(
            Antlr4.Runtime.Parser recognizer, DFA dfa, int startIndex, int stopIndex, bool exact, BitSet ambigAlts, ATNConfigSet configs)
        {
            var rule = recognizer.RuleNames[dfa.atnStartState.ruleIndex];
            var token = recognizer.TokenStream.Get(startIndex);
            Assert.True(rule == "primary" && token.Type == TenorParser.LT, $"{rule} is ambiguous at line {token.Line}: '{token.Text}'");
        }
    }
}
